import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Connection, Report } from '../api';
import { t } from '../t';

const LOOKS = {
  ok: { family: 'green', icon: <IconCircleCheck aria-hidden /> },
  warn: { family: 'amber', icon: <IconAlertTriangle aria-hidden /> },
  fail: { family: 'red', icon: <IconCircleX aria-hidden /> },
} as const;

function Verdict({ report }: { report: Report }) {
  const zone = useZone();
  const { family, icon } = LOOKS[report.worst];
  return (
    <Banner family={family} icon={icon} title={t(`state.${report.worst}`)} live>
      {t('state.at', { when: formatInstant(report.at, zone) })}
    </Banner>
  );
}

/** Whether messages can leave and answers come in, in one sentence. */
export function StateBanner({ connection }: { connection: Connection }) {
  const icon = <IconInfoCircle aria-hidden />;
  if (!connection.configured) {
    return (
      <Banner family="amber" icon={icon} title={t('state.none')}>
        {t('state.noneText')}
      </Banner>
    );
  }
  return (
    <>
      {connection.simulated && (
        <Banner family="blue" icon={icon} title={t('state.simulated')}>
          {t('state.simulatedText')}
        </Banner>
      )}
      {connection.report ? (
        <Verdict report={connection.report} />
      ) : (
        <Banner family="blue" icon={icon} title={t('state.unseen')} live>
          {t('state.unseenText')}
        </Banner>
      )}
    </>
  );
}
