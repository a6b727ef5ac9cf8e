import { IconBolt, IconCopy } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { useIsPhone } from '@/components/ui/use-media';
import type { NoteSection, Omission } from '../note';
import { t } from '../t';
import { usualPhrase } from '../writing/phrases';
import { readPhrase } from '../writing/slash';
import { Answers, GivenAnswer } from './answers';
import { SectionFrame, focusSection, titleId } from './section-frame';
import frame from './section-frame.module.css';
import { useSection } from './use-note';
import { usePhrases } from './use-phrases';
import { WritingArea, type Command, type WritingHandle } from './writing-area';

interface TextSectionProps {
  section: NoteSection;
  commands: readonly Command[];
  /** What the last note said here; undefined when it said nothing. */
  lastText?: string | undefined;
  /** What the server finds missing in what is written. */
  why?: string | undefined;
}

const SHORT = new Set(['prognosis']);

/** A part of the note that is written. */
export function TextSection({ section, commands, lastText, why }: TextSectionProps) {
  const isPhone = useIsPhone();
  const hintId = useId();
  const area = useRef<WritingHandle>(null);
  const { text, answer, write, giveAnswer, save } = useSection(section);
  const usual = usualPhrase(usePhrases(), section.key);
  const isBlank = text.trim() === '';

  const change = (next: Omission | undefined) => {
    giveAnswer(next);
    save();
    // What had the focus is gone; what took its place has it.
    requestAnimationFrame(() => {
      focusSection(section.key);
    });
  };

  if (answer !== undefined) {
    const back = () => {
      change(undefined);
    };
    return (
      <SectionFrame section={section} side={<GivenAnswer answer={answer} onChange={back} />}>
        {null}
      </SectionFrame>
    );
  }

  const answers: Command[] = section.omissions.map((one) => ({
    name: t(`omissions.short.${one}`).toLowerCase(),
    words: t('slash.answer', { answer: t(`omissions.${one}`) }),
    run: () => {
      change(one);
    },
  }));
  const side = (
    <>
      {isBlank && <Answers section={section} onAnswer={change} />}
      {lastText !== undefined && isBlank && (
        <Button size="s" variant="ghost" icon={<IconCopy aria-hidden />} onClick={() => area.current?.append({ text: lastText, fields: [] })}>
          {isPhone || usual ? t('section.bringShort') : t('section.bring')}
        </Button>
      )}
      {usual && isBlank && (
        <Button size="s" variant="ghost" icon={<IconBolt aria-hidden />} onClick={() => area.current?.append(readPhrase(usual.text))}>
          {usual.button}
        </Button>
      )}
      {usual && isBlank && (
        <span className={frame.key}>
          <KeyHint>{`/${usual.name}`}</KeyHint>
        </span>
      )}
    </>
  );
  return (
    <SectionFrame section={section} side={side}>
      <WritingArea
        ref={area}
        labelledBy={titleId(section.key)}
        describedBy={why === undefined ? undefined : hintId}
        section={section.key}
        commands={[...(isBlank || text.startsWith('/') ? answers : []), ...commands]}
        value={text}
        onChange={write}
        onBlur={save}
        placeholder={section.hint}
        short={SHORT.has(section.kind)}
      />
      {why !== undefined && !isBlank && (
        <p id={hintId} className={frame.why}>
          {why}
        </p>
      )}
    </SectionFrame>
  );
}
