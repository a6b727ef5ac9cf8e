import { PageTitle } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { AuthLayout } from '../components/auth-layout';
import { t } from '../terms-t';
import classes from './auth-pages.module.css';

const SECTIONS = ['yours', 'duty', 'care', 'limits', 'end'] as const;

/** What is accepted when an account is made. */
export function TermsPage() {
  return (
    <AuthLayout wide>
      <div className={classes.text}>
        <PageTitle title={t('title')} className={classes.title} />
        <p>{t('intro')}</p>
        {SECTIONS.map((section) => (
          <section key={section}>
            <h2>{t(`sections.${section}Title`)}</h2>
            <p>{t(`sections.${section}`)}</p>
          </section>
        ))}
      </div>
      <p className={classes.back}>
        <TextLink to={paths.signIn}>{t('back')}</TextLink>
      </p>
    </AuthLayout>
  );
}
