import { IconGitCompare, IconWindowMaximize } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useEditingElsewhere } from '@/lib/editing-tabs';
import { t } from '../t';

interface OvertakenNoticeProps {
  patientId: string;
  /** Somebody has saved since this form was opened. */
  isOvertaken: boolean;
  onCompare: () => void;
}

/** What another window does with the same record, told before it becomes a conflict. */
export function OvertakenNotice({ patientId, isOvertaken, onCompare }: OvertakenNoticeProps) {
  const elsewhere = useEditingElsewhere(patientId);
  if (isOvertaken) {
    return (
      <Banner
        live
        family="amber"
        icon={<IconGitCompare stroke={1.7} aria-hidden />}
        title={t('tabsNotice.saved')}
        action={
          <Button size="s" onClick={onCompare}>
            {t('tabsNotice.compare')}
          </Button>
        }
      >
        {t('tabsNotice.savedText')}
      </Banner>
    );
  }
  if (!elsewhere) return null;
  return (
    <Banner
      live
      family="blue"
      icon={<IconWindowMaximize stroke={1.7} aria-hidden />}
      title={t('tabsNotice.editing')}
    >
      {t('tabsNotice.editingText')}
    </Banner>
  );
}
