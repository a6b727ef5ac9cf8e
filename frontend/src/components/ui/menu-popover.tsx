import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Menu as MantineMenu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { MenuEntry, MenuProps } from './menu';
import classes from './menu.module.css';

/** One of a group of which one is chosen. */
function Choice({ entry }: { entry: MenuEntry }) {
  return (
    <MantineMenu.RadioItem
      value={entry.key}
      checked={entry.checked === true}
      closeMenuOnClick={entry.stays !== true}
      rightSection={entry.checked === true ? <IconCheck size={16} stroke={2} aria-hidden /> : undefined}
      onChange={entry.onSelect}
    >
      <span className={classes.section}>{entry.icon}</span>
      {entry.label}
    </MantineMenu.RadioItem>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.checked !== undefined) return <Choice entry={entry} />;
  return (
    <MantineMenu.Item
      closeMenuOnClick={entry.stays !== true}
      leftSection={entry.icon}
      data-danger={entry.danger === true ? true : undefined}
      onClick={entry.onSelect}
    >
      {entry.label}
    </MantineMenu.Item>
  );
}

/** The menu itself; use {@link Menu}, which brings it when it is needed. */
export function MenuPopover(props: MenuProps & { openAtOnce: boolean }) {
  const { trigger, groups, position = 'bottom-end', width = 232, openAtOnce } = props;
  const shown = groups.filter((group) => group.entries.length > 0);
  return (
    <MantineMenu
      defaultOpened={openAtOnce}
      position={position}
      width={width}
      offset={6}
      trapFocus
      withInitialFocusPlaceholder={false}
      // Beside its button, so that it stays inside the landmark the button is in.
      withinPortal={false}
      floatingStrategy="fixed"
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{
        dropdown: classes.dropdown,
        item: classes.item,
        label: classes.label,
        divider: classes.divider,
        itemSection: classes.section,
        itemIndicator: classes.indicator,
        itemLabel: classes.text,
      }}
    >
      <MantineMenu.Target>{trigger}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {shown.map((group, index) => (
          <div key={group.key} role="group" aria-label={group.label}>
            {index > 0 && <MantineMenu.Divider role="separator" />}
            {group.label !== undefined && <MantineMenu.Label aria-hidden>{group.label}</MantineMenu.Label>}
            {group.entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </div>
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}
