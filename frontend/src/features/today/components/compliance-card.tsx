import { IconListSearch } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { t } from '../t';
import classes from './rows.module.css';

/** Where whoever answers for privacy does her work: the notice and the trail. */
export function ComplianceCard() {
  const can = useCan();
  return (
    <Card divided padding="none" title={t('compliance.title')} icon={<IconListSearch stroke={1.7} aria-hidden />}>
      <RowList>
        {can('notice:publish') && (
          <li>
            <TextLink to={paths.notice}>{t('compliance.notice')}</TextLink>
            <div className={classes.detail}>{t('compliance.noticeText')}</div>
          </li>
        )}
        <li>
          <TextLink to={paths.audit}>{t('compliance.audit')}</TextLink>
          <div className={classes.detail}>{t('compliance.auditText')}</div>
        </li>
      </RowList>
    </Card>
  );
}
