import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconExternalLink, IconFilePlus, IconPencil, IconShieldCheck } from '@tabler/icons-react';
import { BackLink } from '@/components/ui/back-link';
import { Button, ButtonLink, ExternalButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { apiUrl } from '@/config/env';
import { paths, publicNoticeHref } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { dateOf, formatLongDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useCan } from '@/lib/permissions';
import { useMe } from '@/lib/session';
import { noticesQuery, useCreateDraft, type Notice } from '../api';
import { VersionsTable } from '../components/versions-table';
import { t } from '../t';
import classes from './notice-page.module.css';

function InForce({ notice }: { notice: Notice }) {
  const zone = useZone();
  const { clinic } = useMe();
  const href = apiUrl(publicNoticeHref(clinic.slug));
  const since = notice.effective_from ?? notice.created_at;
  return (
    <Card title={t('inForce.title')} icon={<IconShieldCheck stroke={1.7} aria-hidden />}>
      <div className={classes.inForce}>
        <div className={classes.words}>
          <p className={classes.version}>{t('inForce.version', { version: String(notice.version ?? '') })}</p>
          <p>{t('inForce.since', { date: formatLongDate(dateOf(since, zone)) })}</p>
          {notice.hash && (
            <p className={classes.hash}>
              {t('inForce.hashValue', { hash: `${notice.hash.slice(0, 8)}…${notice.hash.slice(-8)}` })}
              <CopyButton value={notice.hash} what={t('inForce.copyHash')} />
            </p>
          )}
        </div>
        <ExternalButtonLink
          href={href}
          target="_blank"
          rel="noreferrer"
          icon={<IconExternalLink stroke={1.7} aria-hidden />}
        >
          {t('inForce.open')}
        </ExternalButtonLink>
      </div>
    </Card>
  );
}

function NoNotice() {
  const can = useCan();
  return (
    <Card>
      <EmptyState
        icon={<IconShieldCheck stroke={1.7} aria-hidden />}
        title={t('inForce.none')}
        actions={can('clinic:write') && <ButtonLink to={paths.start}>{t('inForce.noneAction')}</ButtonLink>}
      >
        {t('inForce.noneText')}
      </EmptyState>
    </Card>
  );
}

/** Goes on with the draft there is, or begins one. */
function DraftButton({ draft }: { draft: Notice | undefined }) {
  const navigate = useNavigate();
  const create = useCreateDraft();
  const { key, renew } = useIdempotencyKey();
  const once = useOneAtATime();
  if (draft) {
    return (
      <ButtonLink
        variant="primary"
        to={paths.noticeVersion}
        params={{ noticeId: draft.id }}
        icon={<IconPencil stroke={1.7} aria-hidden />}
      >
        {t('resume')}
      </ButtonLink>
    );
  }
  const begin = () => {
    once(async () => {
      const notice = await create.mutateAsync(key).finally(renew);
      await navigate({ to: paths.noticeVersion, params: { noticeId: notice.id } });
    });
  };
  return (
    <Button
      variant="primary"
      icon={<IconFilePlus stroke={1.7} aria-hidden />}
      loading={create.isPending}
      onClick={begin}
    >
      {t('create')}
    </Button>
  );
}

function Content() {
  const notices = useQuery(noticesQuery);
  if (notices.isPending) return <SkeletonRows rows={4} />;
  if (notices.isError) {
    return (
      <Card>
        <ErrorState error={notices.error} title={t('load')} onRetry={() => void notices.refetch()} />
      </Card>
    );
  }
  const { items } = notices.data;
  const inForce = items.find((notice) => notice.in_force && notice.kind === 'integral');
  return (
    <div className={classes.parts}>
      {inForce ? <InForce notice={inForce} /> : <NoNotice />}
      {items.length > 0 && <VersionsTable notices={items} />}
    </div>
  );
}

/** The clinic's privacy notice: the version in force, the draft of the next, and those before. */
export function NoticePage() {
  const can = useCan();
  const notices = useQuery(noticesQuery);
  const draft = notices.data?.items.find(({ status }) => status === 'draft');
  return (
    <Page>
      <PageHeader
        title={t('title')}
        titleInTopBar
        subtitle={t('subtitle')}
        back={<BackLink to={paths.consents}>{t('back')}</BackLink>}
        actions={notices.isSuccess && can('notice:publish') && <DraftButton draft={draft} />}
      />
      <Content />
    </Page>
  );
}
