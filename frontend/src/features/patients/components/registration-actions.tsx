import { Button, ButtonLink } from '@/components/ui/button';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { t } from '../t';

interface RegistrationActionsProps {
  formId: string;
  isSaving: boolean;
  /** Whether there is a phone the notice can go to. */
  canSend: boolean;
  onSave: () => void;
  onSaveAndSend: () => void;
  /** Leads to the phone, which the notice needs. */
  onMissingPhone: () => void;
}

/** Cancelar, Guardar y enviar aviso, Guardar; Intro in a field is the last one. */
export function RegistrationActions(props: RegistrationActionsProps) {
  const { formId, isSaving, canSend, onSave, onSaveAndSend, onMissingPhone } = props;
  const can = useCan();
  const isPhone = useIsPhone();
  return (
    <>
      {!isPhone && (
        <ButtonLink to={paths.patients} variant="ghost">
          {t('new.cancel')}
        </ButtonLink>
      )}
      {can('consent:request') && (
        <Button
          loading={isSaving}
          blocked={!canSend}
          title={canSend ? undefined : t('new.sendNeedsPhone')}
          onClick={canSend ? onSaveAndSend : onMissingPhone}
        >
          {t('new.saveAndSend')}
        </Button>
      )}
      <Button type="submit" form={formId} variant="primary" loading={isSaving} onClick={onSave}>
        {t('new.save')}
      </Button>
    </>
  );
}
