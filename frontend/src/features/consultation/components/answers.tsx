import { IconCircleDashedCheck } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import type { NoteSection, Omission } from '../note';
import { t } from '../t';
import classes from './section-frame.module.css';

interface AnswersProps {
  section: NoteSection;
  onAnswer: (answer: Omission) => void;
}

/** The honest answers that a section takes while nothing is written in it. */
export function Answers({ section, onAnswer }: AnswersProps) {
  if (section.omissions.length === 0) return null;
  return (
    <div role="group" aria-label={`${t('omissions.instead')}: ${section.title}`} className={classes.answers}>
      {section.omissions.map((answer) => (
        <Button
          key={answer}
          size="s"
          variant="ghost"
          onClick={() => {
            onAnswer(answer);
          }}
        >
          {t(`omissions.short.${answer}`)}
        </Button>
      ))}
    </div>
  );
}

/** What was answered, and the way back to writing. */
export function GivenAnswer({ answer, onChange }: { answer: Omission; onChange: () => void }) {
  return (
    <div className={classes.answer}>
      <StatusChip family="green" icon={<IconCircleDashedCheck aria-hidden />}>
        {t(`omissions.${answer}`)}
      </StatusChip>
      <Button size="s" variant="ghost" onClick={onChange}>
        {t('omissions.change')}
      </Button>
    </div>
  );
}
