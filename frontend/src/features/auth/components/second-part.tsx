import type { ComponentProps } from 'react';
import { PageTitle } from '@/components/ui/page-header';
import classes from '../pages/auth-pages.module.css';
import { t } from '../steps-t';
import { SecondStep } from './second-step';

/** The second step on the sign-in page, in place of the first. */
export function SecondPart(props: ComponentProps<typeof SecondStep>) {
  return (
    <>
      <PageTitle title={t('second.title')} className={classes.title} />
      <SecondStep {...props} />
    </>
  );
}
