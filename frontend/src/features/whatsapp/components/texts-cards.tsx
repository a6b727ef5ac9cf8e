import { IconCoins, IconGauge, IconPlugConnected } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { t } from '../t';
import classes from './whatsapp.module.css';

/** What a message costs, as of a date: Meta changes it. */
export function CostCard() {
  const points = [t('cost.per'), t('cost.free'), t('cost.payment'), t('cost.date')];
  return (
    <Card title={t('cost.title')} icon={<IconCoins stroke={1.7} aria-hidden />}>
      <ul className={classes.bullets}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </Card>
  );
}

/** How many people may be written to. */
export function LimitsCard() {
  const points = [t('limits.people'), t('limits.shared'), t('limits.pace')];
  return (
    <Card title={t('limits.title')} icon={<IconGauge stroke={1.7} aria-hidden />}>
      <ul className={classes.bullets}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </Card>
  );
}

/** The steps by which an installation is connected. */
export function StepsCard() {
  const steps = [
    t('steps.business'),
    t('steps.token'),
    t('steps.variables'),
    t('steps.webhook'),
    t('steps.fields'),
    t('steps.template'),
    t('steps.try'),
  ];
  return (
    <Card title={t('steps.title')} icon={<IconPlugConnected stroke={1.7} aria-hidden />}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Card>
  );
}
