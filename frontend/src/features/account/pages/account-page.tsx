import { lazy, Suspense, useState } from 'react';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { AccessCard } from '../components/access-card';
import classes from '../components/account.module.css';
import { DevicesCard } from '../components/devices-card';
import type { Opened } from '../components/dialogs';
import { FactorCard } from '../components/factor-card';
import { MembershipCard } from '../components/membership-card';
import { PasskeysCard } from '../components/passkeys-card';
import { ProfileCard } from '../components/profile-card';
import { SessionsCard } from '../components/sessions-card';
import { t } from '../t';

const AccountDialog = lazy(async () => ({ default: (await import('../components/dialogs')).AccountDialog }));

/** Everything that is the person's own: her data, the ways in, her sessions, and her place in this clinic. */
export function AccountPage() {
  const [opened, setOpened] = useState<Opened>();
  return (
    <Page width="narrow">
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <div className={classes.stack}>
        <AccessCard onOpen={setOpened} />
        <FactorCard onOpen={setOpened} />
        <PasskeysCard onOpen={setOpened} />
        <DevicesCard />
        <SessionsCard />
        <ProfileCard />
        <MembershipCard onOpen={setOpened} />
      </div>
      {opened && (
        <Suspense fallback={null}>
          <AccountDialog
            opened={opened}
            onOpen={setOpened}
            onClose={() => {
              setOpened(undefined);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}
