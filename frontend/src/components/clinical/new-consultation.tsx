import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconChevronDown, IconPencil, IconPencilPlus } from '@tabler/icons-react';
import { Button, ButtonLink, IconButton } from '@/components/ui/button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { noteTypesQuery, patientConsultationsQuery, useOpenConsultation, type ConsultationItem } from '@/lib/consultations';
import { chooseOffice, useOffice, useOffices } from '@/lib/office';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useMe } from '@/lib/session';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/new-consultation.json';
import classes from './new-consultation.module.css';

const t = translator(texts);

/** One's own note of this patient that is not signed yet, the newest. */
export function ownDraft(items: readonly ConsultationItem[], userId: string): ConsultationItem | undefined {
  return items.find(({ status, author }) => status === 'draft' && author.id === userId);
}

/** Opens a note of a kind and goes to it; two presses are one note. */
function useOpening(patientId: string) {
  const navigate = useNavigate();
  const office = useOffice();
  const open = useOpenConsultation(patientId);
  const oneAtATime = useOneAtATime();
  const { key, renew } = useIdempotencyKey();
  return {
    isOpening: open.isPending,
    open: (type: string) => {
      oneAtATime(async () => {
        try {
          const { id } = await open.mutateAsync({ type, officeId: office?.id, key });
          await navigate({ to: paths.consultation, params: { patientId, consultationId: id } });
        } finally {
          renew();
        }
      });
    },
  };
}

/** In which office the visit is; nothing to choose in a clinic that has one. */
function useOfficeEntries(): MenuEntry[] {
  const offices = useOffices();
  const current = useOffice();
  if (offices.length < 2) return [];
  return offices.map(({ id, name }) => ({
    key: id,
    label: name,
    checked: id === current?.id,
    stays: true,
    onSelect: () => {
      chooseOffice(id);
    },
  }));
}

/**
 * Begins a visit with the kind of note that is due, or another one; a draft that one left open is
 * gone on with.
 */
export function NewConsultation({ patientId }: { patientId: string }) {
  const { user } = useMe();
  const list = useQuery(patientConsultationsQuery(patientId)).data;
  const types = useQuery(noteTypesQuery).data ?? [];
  const { open, isOpening } = useOpening(patientId);
  const offices = useOfficeEntries();
  const draft = list && ownDraft(list.items, user.id);
  const suggested = list?.suggested_type;
  const entries = types.map(({ key, label }) => ({
    key,
    label: key === suggested ? t('suggested', { type: label }) : label,
    onSelect: () => {
      open(key);
    },
  }));
  return (
    <div className={classes.acts}>
      {draft ? (
        <ButtonLink
          variant="primary"
          to={paths.consultation}
          params={{ patientId, consultationId: draft.id }}
          icon={<IconPencil stroke={1.7} aria-hidden />}
        >
          {t('continue')}
        </ButtonLink>
      ) : (
        <Button
          variant="primary"
          loading={isOpening}
          icon={<IconPencilPlus stroke={1.7} aria-hidden />}
          onClick={() => {
            if (suggested !== undefined) open(suggested);
          }}
        >
          {t('new')}
        </Button>
      )}
      <Menu
        trigger={<IconButton label={t(offices.length > 0 ? 'othersOrOffice' : 'others')} icon={<IconChevronDown aria-hidden />} className={classes.more} />}
        groups={[
          { key: 'types', label: t('others'), entries },
          ...(offices.length > 0 ? [{ key: 'offices', label: t('office'), entries: offices }] : []),
        ]}
      />
    </div>
  );
}
