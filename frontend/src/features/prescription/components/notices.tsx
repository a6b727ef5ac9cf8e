import { IconAlertTriangle, IconWindowMaximize } from '@tabler/icons-react';
import { RecoveryNotice } from '@/components/clinical/editor/recovery-notice';
import { Banner } from '@/components/ui/banner';
import { useDraft } from '@/lib/drafts/use-draft';
import { useEditingElsewhere } from '@/lib/editing-tabs';
import { describeError } from '@/lib/errors';
import type { OpenPrescription } from '../open-prescription';
import { t } from '../t';
import { useRecovery } from './use-recovery';

interface NoticesProps {
  id: string;
  open: OpenPrescription;
  /** Why it cannot be signed yet. */
  obstacle: string | undefined;
}

/** What has to be known before writing on: text found, another window, a refusal. */
export function Notices({ id, open, obstacle }: NoticesProps) {
  const isElsewhere = useEditingElsewhere(id);
  const recovery = useRecovery(open);
  const error = useDraft(open.draft, (state) => (state.phase === 'refused' ? state.error : undefined));
  const details = error?.fields.map(({ message }) => message).join(' ') ?? '';
  return (
    <>
      {recovery.at !== undefined && (
        <RecoveryNotice at={recovery.at} onRecover={recovery.recover} onDiscard={recovery.discard} />
      )}
      {isElsewhere && (
        <Banner live family="amber" icon={<IconWindowMaximize stroke={1.7} aria-hidden />} title={t('tabs.editing')}>
          {t('tabs.editingText')}
        </Banner>
      )}
      {error && (
        <Banner live family="red" icon={<IconAlertTriangle stroke={1.7} aria-hidden />} title={t('refused.title')}>
          {details === '' ? describeError(error).message : details} {t('refused.kept')}
        </Banner>
      )}
      {obstacle !== undefined && (
        <Banner live family="amber" icon={<IconAlertTriangle stroke={1.7} aria-hidden />}>
          {obstacle}
        </Banner>
      )}
    </>
  );
}
