import { useQuery } from '@tanstack/react-query';
import { IconFlask, IconPlayerPlay } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { Logo } from '@/components/ui/logo';
import { PageTitle } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { isStatus } from '@/lib/api/error';
import { simulatorQuery, useSimulate, type SimEntry, type SimState } from '../api';
import { Cases } from '../components/cases';
import { EntryCard } from '../components/entry-card';
import { LogTable } from '../components/log-table';
import { PhoneList } from '../components/phone-list';
import { Talk } from '../components/talk';
import { t } from '../t';
import classes from './simulator-page.module.css';

function Header() {
  return (
    <header className={classes.header}>
      <Logo size={32} />
      <div className={classes.words}>
        <PageTitle title={t('title')} />
        <p className={classes.subtitle}>{t('subtitle')}</p>
      </div>
      <StatusChip family="amber" icon={<IconFlask aria-hidden />}>
        {t('fictional')}
      </StatusChip>
    </header>
  );
}

/** Delivers the chosen webhook once more. */
function ResendButton({ entry }: { entry: SimEntry | undefined }) {
  const simulate = useSimulate();
  const canRepeat = entry?.direction === 'webhook';
  return (
    <Button
      size="s"
      icon={<IconPlayerPlay aria-hidden />}
      blocked={!canRepeat}
      loading={simulate.isPending}
      onClick={() => {
        if (canRepeat) simulate.mutate({ act: 'repeat', entry_id: Number(entry.id) });
      }}
    >
      {t('log.resend')}
    </Button>
  );
}

function Columns({ state }: { state: SimState }) {
  const input = useRef<HTMLInputElement>(null);
  const simulate = useSimulate();
  const [number, setNumber] = useState<string>();
  const [entryId, setEntryId] = useState<string>();
  const phone = state.phones.find((entry) => entry.number === number) ?? state.phones[0];
  const entry = state.entries.find(({ id }) => id === entryId);
  const open = (chosen: string) => {
    setNumber(chosen);
    simulate.mutate({ act: 'read', number: chosen });
  };
  return (
    <div className={classes.columns}>
      <Card divided padding="none" title={t('phones.title')}>
        <PhoneList phones={state.phones} selected={phone?.number} onOpen={open} />
        <Cases
          phone={phone}
          delayed={state.delayed}
          hasWebhooks={state.entries.some(({ direction }) => direction === 'webhook')}
          onWrite={() => input.current?.focus()}
        />
      </Card>
      <Talk phone={phone} inputRef={input} />
      <div className={classes.log}>
        <Card divided padding="none" title={t('log.title')} action={<ResendButton entry={entry} />}>
          <LogTable entries={state.entries} selected={entryId} onSelect={setEntryId} />
        </Card>
        {entryId !== undefined && <EntryCard key={entryId} id={entryId} />}
      </div>
    </div>
  );
}

function Content() {
  // In production the address does not exist, and neither does the page.
  const query = useQuery({ ...simulatorQuery, throwOnError: (error) => isStatus(error, 404) });
  if (query.data) return <Columns state={query.data} />;
  if (query.isError) {
    return <ErrorState error={query.error} title={t('load')} onRetry={() => void query.refetch()} />;
  }
  return <SkeletonRows />;
}

/** Phones, their messages, and what travels between them and the program. Only outside production. */
export function SimulatorPage() {
  return (
    <div className={classes.page}>
      <Header />
      <main id="main" className={classes.main}>
        <Content />
      </main>
    </div>
  );
}
