import { PageTitle } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { AuthLayout } from '../components/auth-layout';
import { t } from '../t';
import classes from './auth-pages.module.css';

const SECTIONS = ['yours', 'duty', 'care', 'limits', 'end'] as const;

/** What is accepted when an account is made. */
export function TermsPage() {
  return (
    <AuthLayout wide>
      <div className={classes.text}>
        <PageTitle title={t('terms.title')} className={classes.title} />
        <p>{t('terms.intro')}</p>
        {SECTIONS.map((section) => (
          <section key={section}>
            <h2>{t(`terms.sections.${section}Title`)}</h2>
            <p>{t(`terms.sections.${section}`)}</p>
          </section>
        ))}
      </div>
      <p className={classes.back}>
        <TextLink to={paths.signIn}>{t('terms.back')}</TextLink>
      </p>
    </AuthLayout>
  );
}
