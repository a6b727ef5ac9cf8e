import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '@/lib/t';
import { IconButton } from './button';
import { TextField, type TextFieldProps } from './text-field';

/** A password that can be shown while it is typed. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'trailing'>) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      trailing={
        <IconButton
          label={t(shown ? 'form.hidePassword' : 'form.showPassword')}
          icon={shown ? <IconEyeOff aria-hidden /> : <IconEye aria-hidden />}
          onClick={() => {
            setShown(!shown);
          }}
        />
      }
    />
  );
}
