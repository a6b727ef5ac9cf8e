import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { BackLink } from '@/components/ui/back-link';
import { ExternalButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { apiUrl } from '@/config/env';
import { paths, publicNoticeHref } from '@/config/paths';
import { isStatus } from '@/lib/api/error';
import { useCan } from '@/lib/permissions';
import { useMe } from '@/lib/session';
import { noticeQuery, type Notice } from '../api';
import { DraftEditor } from '../components/draft-editor';
import { NoticeText } from '../components/notice-text';
import { NoticeStatus } from '../components/versions-table';
import { t } from '../t';
import classes from './notice-version-page.module.css';

/** A version that cannot change any more, or a draft that the role may only read. */
function Reading({ notice }: { notice: Notice }) {
  const { clinic } = useMe();
  const { version } = notice;
  const href = apiUrl(`${publicNoticeHref(clinic.slug)}/v/${String(version ?? '')}`);
  const title = version === undefined ? t('detail.draftTitle') : t('detail.versionTitle', { version: String(version) });
  const permanent = version !== undefined && (
    <ExternalButtonLink
      href={href}
      target="_blank"
      rel="noreferrer"
      icon={<IconExternalLink stroke={1.7} aria-hidden />}
    >
      {t('detail.permanent')}
    </ExternalButtonLink>
  );
  return (
    <>
      <PageHeader
        title={title}
        back={<BackLink to={paths.notice}>{t('detail.back')}</BackLink>}
        actions={permanent}
      />
      <p className={classes.state}>
        <NoticeStatus status={notice.status} /> {version !== undefined && t('detail.publishedText')}
      </p>
      <Card>
        <NoticeText content={notice.content} />
      </Card>
    </>
  );
}

function Content({ id }: { id: string }) {
  const can = useCan();
  const query = useQuery({
    ...noticeQuery(id),
    throwOnError: (error, { state }) => state.data === undefined && isStatus(error, 404),
  });
  // A reload begins the form again with what the server has.
  const [round, setRound] = useState(0);
  if (query.isPending) return <SkeletonRows />;
  if (query.isError) {
    return <ErrorState error={query.error} title={t('detail.load')} onRetry={() => void query.refetch()} />;
  }
  const notice = query.data;
  if (notice.status !== 'draft' || !can('notice:publish')) return <Reading notice={notice} />;
  const reload = () => {
    void query.refetch().then(() => {
      setRound(round + 1);
    });
  };
  return <DraftEditor key={round} notice={notice} onReload={reload} />;
}

/** One version of the notice: its text, or its editor while it is a draft. */
export function NoticeVersionPage() {
  const { noticeId = '' } = useParams({ strict: false });
  return (
    <Page width="narrow">
      <Content key={noticeId} id={noticeId} />
    </Page>
  );
}
