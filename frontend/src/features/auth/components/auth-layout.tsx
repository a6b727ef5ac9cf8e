import { IconBrandWhatsapp, IconListSearch, IconShieldLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Logo } from '@/components/ui/logo';
import { apiUrl } from '@/config/env';
import { t as common } from '@/lib/t';
import { t } from '../t';
import classes from './auth-layout.module.css';
import { GrowthLines } from './growth-lines';

const promises = [
  { key: 'sealed', icon: <IconShieldLock stroke={1.7} aria-hidden /> },
  { key: 'consent', icon: <IconBrandWhatsapp stroke={1.7} aria-hidden /> },
  { key: 'audit', icon: <IconListSearch stroke={1.7} aria-hidden /> },
] as const;

function Panel() {
  return (
    <aside className={classes.panel}>
      <GrowthLines className={classes.lines} />
      <div className={classes.panelText}>
        <p className={classes.panelTitle}>{t('panel.title')}</p>
        <ul className={classes.promises}>
          {promises.map(({ key, icon }) => (
            <li key={key}>
              {icon}
              <span>{t(`panel.${key}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}

/** The frame of the pages before the session: the form at the left, what the product is at the right. */
export function AuthLayout({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className={classes.layout}>
      <div className={classes.side}>
        <header className={classes.brand}>
          <Logo size={32} />
          {common('app.name')}
        </header>
        <main className={classes.main} data-wide={wide ? true : undefined}>
          {children}
        </main>
        <footer>
          <nav aria-label={t('footer.label')} className={classes.footer}>
            <a href={apiUrl('/privacy-notice')}>{t('footer.privacy')}</a>
            <a href={apiUrl('/terminos')}>{t('footer.terms')}</a>
            <a href={apiUrl('/cookies')}>{t('footer.cookies')}</a>
          </nav>
        </footer>
      </div>
      <Panel />
    </div>
  );
}
