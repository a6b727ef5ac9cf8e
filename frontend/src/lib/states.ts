/** The 32 states with their INEGI codes, in the order people look for them. */
export const STATES = [
  { value: '01', label: 'Aguascalientes' },
  { value: '02', label: 'Baja California' },
  { value: '03', label: 'Baja California Sur' },
  { value: '04', label: 'Campeche' },
  { value: '07', label: 'Chiapas' },
  { value: '08', label: 'Chihuahua' },
  { value: '09', label: 'Ciudad de México' },
  { value: '05', label: 'Coahuila' },
  { value: '06', label: 'Colima' },
  { value: '10', label: 'Durango' },
  { value: '15', label: 'Estado de México' },
  { value: '11', label: 'Guanajuato' },
  { value: '12', label: 'Guerrero' },
  { value: '13', label: 'Hidalgo' },
  { value: '14', label: 'Jalisco' },
  { value: '16', label: 'Michoacán' },
  { value: '17', label: 'Morelos' },
  { value: '18', label: 'Nayarit' },
  { value: '19', label: 'Nuevo León' },
  { value: '20', label: 'Oaxaca' },
  { value: '21', label: 'Puebla' },
  { value: '22', label: 'Querétaro' },
  { value: '23', label: 'Quintana Roo' },
  { value: '24', label: 'San Luis Potosí' },
  { value: '25', label: 'Sinaloa' },
  { value: '26', label: 'Sonora' },
  { value: '27', label: 'Tabasco' },
  { value: '28', label: 'Tamaulipas' },
  { value: '29', label: 'Tlaxcala' },
  { value: '30', label: 'Veracruz' },
  { value: '31', label: 'Yucatán' },
  { value: '32', label: 'Zacatecas' },
] as const;

/** The name of a state by its code; the code itself when it is none of the 32. */
export function stateName(code: string): string {
  return STATES.find((state) => state.value === code)?.label ?? code;
}
