import { IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useCan } from '@/lib/permissions';
import { useResendInvitation, type Member } from '../api';
import type { Opened } from '../components/act-dialogs';
import type { Act } from '../components/member-row';
import { OfferCard } from '../components/offer-card';
import { ResetsCard } from '../components/resets-card';
import { StaffList } from '../components/staff-list';
import { t } from '../t';
import classes from '../components/staff.module.css';

const ActDialog = lazy(async () => ({ default: (await import('../components/act-dialogs')).ActDialog }));

/** Who works in the clinic and as what: invitations, roles, access, ownership, lost second factors. */
export function StaffPage() {
  const can = useCan();
  const mayWrite = can('staff:write');
  const [opened, setOpened] = useState<Opened>();
  const resend = useResendInvitation();
  const once = useOneAtATime();
  const act = (what: Act, member: Member) => {
    if (what !== 'resend') {
      setOpened({ act: what, member });
      return;
    }
    once(async () => {
      setOpened({ act: 'invited', invited: await resend.mutateAsync(member.id) });
    });
  };
  const invite = mayWrite && (
    <Button
      variant="primary"
      icon={<IconUserPlus stroke={1.7} aria-hidden />}
      onClick={() => {
        setOpened({ act: 'invite' });
      }}
    >
      {t('invite')}
    </Button>
  );
  return (
    <Page width="narrow">
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={invite} />
      <div className={classes.stack}>
        {mayWrite && <OfferCard />}
        {can('factor_reset:approve') && <ResetsCard />}
        <StaffList onAct={mayWrite ? act : undefined} />
      </div>
      {opened && (
        <Suspense fallback={null}>
          <ActDialog
            opened={opened}
            onClose={() => {
              setOpened(undefined);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}
