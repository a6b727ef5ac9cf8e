import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useEndAccess, type Member } from '../api';
import { t } from '../t';
import { HandoverField } from './handover-field';
import classes from './staff.module.css';

interface EndValues extends Record<string, unknown> {
  handover_to: string;
}

/** Ends somebody's access, and asks who goes on with her drafts. An invitation is only cancelled. */
export function EndDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const id = useId();
  const end = useEndAccess();
  const name = member.full_name;
  const texts = member.status === 'active' ? 'ending' : 'cancelling';
  const form = useAppForm<EndValues>({ schema: () => ({}), initialValues: { handover_to: '' } });
  const submit = async ({ handover_to }: EndValues) => {
    await end.mutateAsync({ member, handover_to });
    showToast({ tone: 'success', message: t(`${texts}.done`, { name }) });
    onClose();
  };
  const footer = (
    <FormFooter
      form={id}
      variant="danger"
      submit={t(`${texts}.submit`)}
      loading={end.isPending}
      onCancel={onClose}
    />
  );
  return (
    <Dialog opened onClose={onClose} title={t(`${texts}.title`, { name })} footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t(`${texts}.text`)}</p>
        {member.status === 'active' && member.prescribes && <HandoverField form={form} member={member} />}
      </Form>
    </Dialog>
  );
}
