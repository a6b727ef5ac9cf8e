import { IconPencil, IconReplace, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusChip, type Family } from '@/components/ui/chip';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { paths } from '@/config/paths';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Notice } from '../api';
import { t } from '../t';
import classes from './versions-table.module.css';

const LOOKS: Record<Notice['status'], { family: Family; icon: ReactNode }> = {
  draft: { family: 'amber', icon: <IconPencil aria-hidden /> },
  published: { family: 'green', icon: <IconShieldCheck aria-hidden /> },
  superseded: { family: 'grey', icon: <IconReplace aria-hidden /> },
};

export function NoticeStatus({ status }: Pick<Notice, 'status'>) {
  const { family, icon } = LOOKS[status];
  return (
    <StatusChip family={family} icon={icon}>
      {t(`status.${status}`)}
    </StatusChip>
  );
}

function nameOf({ version }: Notice): string {
  return version === undefined ? t('versions.draft') : t('inForce.version', { version: String(version) });
}

function VersionLink({ notice }: { notice: Notice }) {
  return (
    <RowLink to={paths.noticeVersion} params={{ noticeId: notice.id }}>
      {nameOf(notice)}
    </RowLink>
  );
}

function Moment({ notice }: { notice: Notice }) {
  const zone = useZone();
  return (
    <span className={classes.date}>
      {notice.published_at
        ? t('versions.publishedDate', { date: formatInstant(notice.published_at, zone) })
        : t('versions.draftDate', { date: formatInstant(notice.updated_at, zone) })}
    </span>
  );
}

const COLUMNS: readonly Column<Notice>[] = [
  { key: 'version', header: t('versions.version'), cell: (notice) => <VersionLink notice={notice} /> },
  { key: 'kind', header: t('versions.kind'), cell: (notice) => t(`versions.${notice.kind}`) },
  { key: 'date', header: t('versions.date'), cell: (notice) => <Moment notice={notice} /> },
  { key: 'status', header: t('versions.status'), cell: (notice) => <NoticeStatus status={notice.status} /> },
];

/** Every version and draft; each row opens its text. */
export function VersionsTable({ notices }: { notices: readonly Notice[] }) {
  return (
    <section>
      <h2 className={classes.title}>{t('versions.title')}</h2>
      <Table
        caption={t('versions.caption')}
        columns={COLUMNS}
        rows={notices}
        rowKey={(notice) => notice.id}
        listItem={(notice) => (
          <>
            <div className={classes.words}>
              <VersionLink notice={notice} />
              <Moment notice={notice} />
            </div>
            <NoticeStatus status={notice.status} />
          </>
        )}
      />
    </section>
  );
}
