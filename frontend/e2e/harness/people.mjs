// Fictional people. The CURP are published test vectors with a right check digit.

/** Words that tell one clinic's people from another's, so that specs never meet each other's. */
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A word of five letters that no other call gives in this run. */
export function uniqueWord() {
  return Array.from({ length: 5 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}

/** Ten digits in the block that no operator hands out. */
export function uniquePhone() {
  return `22255${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;
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

/** An adult woman from Veracruz whose names agree with her CURP. */
export const guadalupe = {
  curp: 'HEGG560427MVZRRL04',
  given_names: 'Gloria',
  first_surname: 'Hernández',
  second_surname: 'García',
  birth_date: '1956-04-27',
  sex: 'M',
};

/** Somebody with ü and ñ, for searches without them. */
export const zuniga = {
  curp: 'ZUNA540308MNELTN05',
  given_names: 'Ana Renata',
  first_surname: 'Zúñiga',
  second_surname: 'Natera',
  birth_date: '1954-03-08',
  sex: 'M',
};

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
