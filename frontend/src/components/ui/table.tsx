import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx';
import classes from './table.module.css';
import { useIsPhone } from './use-media';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Any CSS width. */
  width?: string;
  /** Hides the header's words but keeps them for screen readers. */
  quietHeader?: boolean;
}

interface TableProps<Row> {
  /** What the table lists, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** One row as it reads on a phone, where the table becomes a list. */
  listItem: (row: Row) => ReactNode;
  isSelected?: (row: Row) => boolean;
  dense?: boolean;
}

/**
 * A table that becomes a list on phones. For a row that opens something put a {@link RowLink}
 * around the name: its target is the whole row.
 */
export function Table<Row>(props: TableProps<Row>) {
  return useIsPhone() ? <PhoneList {...props} /> : <WideTable {...props} />;
}

function WideTable<Row>({ caption, columns, rows, rowKey, isSelected, dense }: TableProps<Row>) {
  return (
    <div className={classes.frame}>
      <table className={cx(classes.table, dense === true && classes.dense)}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} style={{ width: column.width }}>
                {column.quietHeader === true ? (
                  <span className="visually-hidden">{column.header}</span>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-selected={isSelected?.(row) === true ? true : undefined}>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PhoneList<Row>({ caption, rows, rowKey, listItem, isSelected }: TableProps<Row>) {
  return (
    <ul className={cx(classes.frame, classes.list)} aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes.item} data-selected={isSelected?.(row) === true ? true : undefined}>
          {listItem(row)}
        </li>
      ))}
    </ul>
  );
}

interface RowAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
}

function RowAnchor({ className, children, ...rest }: RowAnchorProps) {
  return (
    <a {...rest} className={cx(classes.rowLink, className)}>
      {children}
    </a>
  );
}

/** The link of a row; takes the router's `to` and `params`. Its target spreads over the whole row. */
export const RowLink = createLink(RowAnchor);
