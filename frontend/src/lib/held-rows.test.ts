import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useHeldRows } from './held-rows';

interface Row {
  id: string;
  state: string;
}

const row = (id: string, state = 'sent'): Row => ({ id, state });

function hold(gone: 'keep' | 'drop', first: readonly Row[]) {
  return renderHook(({ asked, fresh }) => useHeldRows(asked, fresh, gone), {
    initialProps: { asked: 'all', fresh: first },
  });
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).join('');

describe('useHeldRows', () => {
  it('shows a change in a row at once and keeps new rows waiting', () => {
    const { result, rerender } = hold('keep', [row('b'), row('a')]);
    rerender({ asked: 'all', fresh: [row('d'), row('c'), row('b', 'read'), row('a')] });
    expect(ids(result.current.rows)).toBe('ba');
    expect(result.current.rows[0]?.state).toBe('read');
    expect(result.current.news).toBe(2);
    act(() => {
      result.current.show();
    });
    expect(ids(result.current.rows)).toBe('dcba');
    expect(result.current.news).toBe(0);
  });

  it('keeps what new rows pushed off a page, and drops what left a worklist', () => {
    const page = hold('keep', [row('b'), row('a')]);
    page.rerender({ asked: 'all', fresh: [row('c'), row('b')] });
    expect(ids(page.result.current.rows)).toBe('ba');
    const worklist = hold('drop', [row('b'), row('a')]);
    worklist.rerender({ asked: 'all', fresh: [row('c'), row('b')] });
    expect(ids(worklist.result.current.rows)).toBe('b');
  });

  it('shows everything when nothing was on show, and begins again with another question', () => {
    const { result, rerender } = hold('drop', []);
    rerender({ asked: 'all', fresh: [row('a')] });
    expect(ids(result.current.rows)).toBe('a');
    rerender({ asked: 'failed', fresh: [row('z'), row('a')] });
    expect(ids(result.current.rows)).toBe('za');
  });
});
