import { KeyHint } from '@/components/ui/key-hint';
import { t } from '../t';
import classes from './editor.module.css';

/** The keys that save the hand a way. */
export function Keys() {
  return (
    <p className={classes.keys}>
      <span>
        <KeyHint>{t('keys.f2')}</KeyHint> {t('keys.next')}
      </span>
      <span>
        <KeyHint>{t('keys.control')}</KeyHint>
        <KeyHint>{t('keys.s')}</KeyHint> {t('keys.save')}
      </span>
      <span>
        <KeyHint>{t('keys.control')}</KeyHint>
        <KeyHint>{t('keys.enter')}</KeyHint> {t('keys.sign')}
      </span>
      <span>
        <KeyHint>{t('keys.alt')}</KeyHint>
        <KeyHint>{t('keys.arrows')}</KeyHint> {t('keys.order')}
      </span>
    </p>
  );
}
