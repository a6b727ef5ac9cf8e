// Fictional people. The CURP are published test vectors with a right check digit.

/** Words that tell one clinic's people from another's, so that specs never meet each other's. */
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A word of five letters that no other call gives in this run. */
export function uniqueWord() {
  return Array.from({ length: 5 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}

let lastPhone = 200_00;

/** Ten digits that no other call gives in this run: simulated phones are shared by all specs. */
export function uniquePhone() {
  lastPhone += 1;
  return `22255${lastPhone}`;
}

/** A doctor who has not registered yet. */
export function newDoctor() {
  const word = uniqueWord();
  return {
    full_name: 'Sofía Núñez Alcaraz',
    email: `sofia.${word}@jacarandas.example`,
    password: 'una frase larga y tranquila',
    phone: uniquePhone(),
    profession: 'medico_cirujano',
    license_number: '1234567',
    title_institution: 'Universidad Ficticia del Valle',
    clinic_name: `Consultorio Jacarandas ${word}`,
    accept_terms: true,
  };
}

export const address = {
  street: 'Calle de las Jacarandas',
  exterior_number: '128',
  neighborhood: 'La Paz',
  municipality: 'Puebla',
  state: '21',
  postal_code: '72160',
  country: 'MEX',
};

/** A woman from Veracruz whose names agree with her CURP. */
export const gloria = {
  curp: 'HEGG560427MVZRRL04',
  given_names: 'Gloria',
  first_surname: 'Hernández',
  second_surname: 'García',
  birth_date: '1956-04-27',
  sex: 'M',
  state_of_birth: '30',
};

/** A man from Mexico City whose names agree with his CURP. */
export const oscar = {
  curp: 'SASO750909HDFNNS05',
  given_names: 'Óscar',
  first_surname: 'Sánchez',
  second_surname: 'Santos',
  birth_date: '1975-09-09',
  sex: 'H',
  state_of_birth: '09',
};

/** The same CURP as Gloria's with a wrong last digit. */
export const wrongDigit = 'HEGG560427MVZRRL03';

/** A birth date, `YYYY-MM-DD`, of somebody who is seven years old today or will be this year. */
export function childBirthDate() {
  return `${new Date().getFullYear() - 7}-01-15`;
}

/** A patient as the API takes her. */
export function newPatient(over = {}) {
  return {
    given_names: 'Renata',
    first_surname: 'Zúñiga',
    second_surname: 'Pérez',
    birth_date: '1984-02-29',
    sex: 'M',
    phone: uniquePhone(),
    address,
    ...over,
  };
}
