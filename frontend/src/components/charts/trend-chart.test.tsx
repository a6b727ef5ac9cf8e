import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPart } from '@/testing/render';
import { TrendChart, type TrendPoint } from './trend-chart';

function pressures(count: number): TrendPoint[] {
  return Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    value: 140 + (index % 3),
    lower: 86,
  }));
}

function draw(points: readonly TrendPoint[]) {
  renderPart(<TrendChart label="Presión arterial" points={points} sayTime={(at) => at} sayPoint={({ value }) => String(value)} />);
  return screen.getByRole('img', { name: 'Presión arterial' });
}

describe('a measure over time', () => {
  it('draws each pressure as a bar while they stand apart', () => {
    const chart = draw(pressures(12));
    expect(chart.querySelectorAll('g')).toHaveLength(12);
    expect(chart.querySelectorAll('polyline')).toHaveLength(0);
  });

  it('draws lines through 500 of them, and marks the last', () => {
    const chart = draw(pressures(500));
    expect(chart.querySelectorAll('g')).toHaveLength(1);
    expect(chart.querySelectorAll('polyline')).toHaveLength(2);
  });

  it('holds a single value', () => {
    const chart = draw([{ at: '2026-11-23T15:31:00Z', value: 36.5 }]);
    expect(chart.querySelector('circle')).toHaveAttribute('cx', expect.stringMatching(/^\d/));
  });
});
