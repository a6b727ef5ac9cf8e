import { useQuery } from '@tanstack/react-query';
import { IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Form } from '@/components/ui/form';
import { SelectField } from '@/components/ui/select-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { StaleNotice } from '@/components/ui/stale-notice';
import { TextField } from '@/components/ui/text-field';
import { isStatus } from '@/lib/api/error';
import { field, useAppForm } from '@/lib/form';
import { professionOptions } from '@/lib/professions';
import { showToast } from '@/lib/toast';
import { profileQuery, useSaveProfile, type Profile } from '../api';
import { profileSchema, toProfileInput, toProfileValues, type ProfileValues } from '../schema';
import { t } from '../t';
import classes from './account.module.css';

function ProfileForm({ profile, onReload }: { profile: Profile; onReload: () => void }) {
  const save = useSaveProfile();
  const [isStale, setStale] = useState(false);
  const form = useAppForm<ProfileValues>({ schema: profileSchema, initialValues: toProfileValues(profile) });
  const submit = async (values: ProfileValues) => {
    try {
      await save.mutateAsync({ version: profile.version, body: toProfileInput(values) });
      showToast({ tone: 'success', message: t('profile.saved') });
    } catch (error) {
      if (!isStatus(error, 412)) throw error;
      setStale(true);
    }
  };
  const number = { inputMode: 'numeric', identifier: true } as const;
  return (
    <Form form={form} onSubmit={submit} className={classes.form}>
      {isStale && <StaleNotice onReload={onReload} />}
      <div className={classes.grid}>
        <TextField className={classes.wide} label={t('profile.fullName')} autoComplete="name" {...field(form, 'full_name')} />
        <TextField label={t('profile.phone')} optional type="tel" autoComplete="tel-national" {...field(form, 'phone')} />
        <SelectField label={t('profile.profession')} options={professionOptions} {...field(form, 'profession')} />
        <TextField
          label={t('profile.license')}
          hint={t('profile.licenseHint')}
          optional
          {...number}
          {...field(form, 'license_number')}
        />
        <TextField label={t('profile.institution')} optional {...field(form, 'title_institution')} />
        <TextField label={t('profile.specialty')} optional {...field(form, 'specialty')} />
        <TextField
          label={t('profile.specialtyLicense')}
          optional
          {...number}
          {...field(form, 'specialty_license_number')}
        />
      </div>
      <div className={classes.actions}>
        <span className={classes.detail}>{t('profile.note')}</span>
        <Button type="submit" variant="primary" loading={save.isPending}>
          {t('profile.save')}
        </Button>
      </div>
    </Form>
  );
}

function Content() {
  const profile = useQuery(profileQuery);
  const [reloads, setReloads] = useState(0);
  if (profile.isPending) return <SkeletonRows />;
  if (profile.isError) {
    return (
      <ErrorState level={3} error={profile.error} title={t('profile.load')} onRetry={() => void profile.refetch()} />
    );
  }
  const reload = async () => {
    await profile.refetch();
    setReloads((count) => count + 1);
  };
  return <ProfileForm key={reloads} profile={profile.data} onReload={() => void reload()} />;
}

/** The person's own data, which her notes and recetas will carry. */
export function ProfileCard() {
  return (
    <Card title={t('profile.title')} icon={<IconUserCircle stroke={1.7} aria-hidden />}>
      <Content />
    </Card>
  );
}
