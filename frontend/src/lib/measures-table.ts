// Made by scripts/measures of internal/measures ("make generate"); never edited by hand.

/**
 * The vital signs in the order in which they are shown. Outside min and max a value is refused,
 * outside usualMin and usualMax it is asked again.
 */
export const MEASURES_TABLE = {
  systolic: { label: 'Presión sistólica', unit: 'mmHg', decimals: 0, min: 30, max: 320, usualMin: 70, usualMax: 220 },
  diastolic: { label: 'Presión diastólica', unit: 'mmHg', decimals: 0, min: 10, max: 220, usualMin: 40, usualMax: 130 },
  heart_rate: { label: 'Frecuencia cardiaca', unit: 'lpm', decimals: 0, min: 15, max: 350, usualMin: 40, usualMax: 210 },
  respiratory_rate: { label: 'Frecuencia respiratoria', unit: 'rpm', decimals: 0, min: 3, max: 150, usualMin: 8, usualMax: 70 },
  temperature: { label: 'Temperatura', unit: '°C', decimals: 1, min: 24, max: 45, usualMin: 34, usualMax: 41.5 },
  oxygen_saturation: { label: 'Saturación de oxígeno', unit: '%', decimals: 0, min: 30, max: 100, usualMin: 80, usualMax: 100 },
  weight_kg: { label: 'Peso', unit: 'kg', decimals: 3, min: 0.2, max: 650, usualMin: 1, usualMax: 250 },
  height_cm: { label: 'Talla', unit: 'cm', decimals: 1, min: 20, max: 275, usualMin: 40, usualMax: 215 },
  waist_cm: { label: 'Circunferencia de cintura', unit: 'cm', decimals: 1, min: 20, max: 300, usualMin: 35, usualMax: 180 },
  glucose: { label: 'Glucosa capilar', unit: 'mg/dL', decimals: 0, min: 10, max: 1500, usualMin: 40, usualMax: 600 },
  head_circumference_cm: { label: 'Perímetro cefálico', unit: 'cm', decimals: 1, min: 15, max: 85, usualMin: 28, usualMax: 62 },
} as const;
