import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Form } from '@/components/ui/form';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Letter } from '@/lib/api/types';
import { checkField, useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useAcceptLetter, useLetter } from '../steps-api';
import { t } from '../steps-t';
import { LetterText } from './letter-text';
import classes from './proof-dialog.module.css';

interface LetterValues extends Record<string, unknown> {
  accepted: boolean;
}

function LetterForm({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const accept = useAcceptLetter();
  const form = useAppForm<LetterValues>({
    schema: ({ accepted }): Record<string, string> => (accepted ? {} : { accepted: t('letter.missing') }),
    initialValues: { accepted: false },
  });
  const submit = async () => {
    await accept.mutateAsync(letter.version);
    showToast({ tone: 'success', message: t('letter.accepted') });
    onClose();
  };
  return (
    <Form form={form} onSubmit={submit} className={classes.form}>
      <LetterText text={letter.text} label={t('letter.title')} />
      <Checkbox label={t('letter.accept')} summaryLabel={t('letter.acceptShort')} {...checkField(form, 'accepted')} />
      <Button type="submit" variant="primary" loading={accept.isPending}>
        {t('letter.submit')}
      </Button>
    </Form>
  );
}

/** A new edition of the letter of confidentiality, to be read and accepted. */
export function LetterDialog({ onClose }: { onClose: () => void }) {
  const letter = useLetter();
  return (
    <Dialog opened onClose={onClose} title={t('letter.title')}>
      {letter.isPending && <SkeletonRows />}
      {letter.isError && <ErrorState error={letter.error} onRetry={() => void letter.refetch()} />}
      {letter.data && <LetterForm letter={letter.data} onClose={onClose} />}
    </Dialog>
  );
}
