import { IconAlertTriangle, IconBuildingHospital, IconListCheck } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { paths } from '@/config/paths';
import { ApiError, isStatus, type FieldError } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { t } from '../t';
import { elementOfField } from '../words';
import classes from './refusals.module.css';

function MissingParts({ fields, onPick }: { fields: readonly FieldError[]; onPick: (field: string) => void }) {
  return (
    <Banner live family="amber" icon={<IconListCheck aria-hidden />} title={t('draft.missing')}>
      <ul className={classes.list}>
        {fields.map(({ field, message }) => {
          const element = elementOfField(field);
          return (
            <li key={field + message}>
              {element ? (
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => {
                    onPick(`elements.${element}.text`);
                  }}
                >
                  {message}
                </button>
              ) : (
                message
              )}
            </li>
          );
        })}
      </ul>
    </Banner>
  );
}

interface PublishRefusalProps {
  error: unknown;
  /** Leads to the field of what is missing. */
  onPick: (field: string) => void;
}

/** Why a draft cannot be published yet, and the way to what is missing. */
export function PublishRefusal({ error, onPick }: PublishRefusalProps) {
  if (error instanceof ApiError && error.code === 'notice.incomplete') {
    return <MissingParts fields={error.fields} onPick={onPick} />;
  }
  if (error instanceof ApiError && error.code === 'clinic.incomplete') {
    return (
      <Banner
        live
        family="amber"
        icon={<IconBuildingHospital aria-hidden />}
        title={t('draft.incomplete')}
        action={
          <ButtonLink to={paths.start} size="s">
            {t('draft.incompleteAction')}
          </ButtonLink>
        }
      />
    );
  }
  // Somebody else's save has its own notice, with a way out.
  if (isStatus(error, 412)) return null;
  return (
    <Banner live family="red" icon={<IconAlertTriangle aria-hidden />}>
      {describeError(error).message}
    </Banner>
  );
}
