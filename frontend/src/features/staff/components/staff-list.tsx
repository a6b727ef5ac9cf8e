import { useQuery } from '@tanstack/react-query';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorState } from '@/components/ui/error-state';
import { Pager } from '@/components/ui/pager';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import { usePages } from '@/components/ui/use-pages';
import { staffQuery, type Member } from '../api';
import { t } from '../t';
import { MemberRow, type Act } from './member-row';
import classes from './staff.module.css';

interface StaffListProps {
  /** Left out, the list is only to be read. */
  onAct: ((act: Act, member: Member) => void) | undefined;
}

/** Everybody with access and the invitations that wait; on request, also who no longer has any. */
export function StaffList({ onAct }: StaffListProps) {
  const [all, setAll] = useState(false);
  const pages = usePages(String(all));
  const staff = useQuery(staffQuery(all, pages.cursor));
  const next = pages.onNext(staff.data?.next_cursor);
  return (
    <div className={classes.stack}>
      <Card divided padding="none" title={t('people')} icon={<IconUsersGroup stroke={1.7} aria-hidden />}>
        {staff.isPending && <SkeletonRows rows={3} />}
        {staff.isError && (
          <ErrorState level={3} error={staff.error} title={t('load')} onRetry={() => void staff.refetch()} />
        )}
        {staff.data && (
          <RowList>
            {staff.data.items.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                onAct={
                  onAct &&
                  ((act) => {
                    onAct(act, member);
                  })
                }
              />
            ))}
          </RowList>
        )}
      </Card>
      <Checkbox label={t('showEnded')} checked={all} onChange={setAll} />
      {(next ?? pages.onPrevious) && <Pager onPrevious={pages.onPrevious} onNext={next} />}
    </div>
  );
}
