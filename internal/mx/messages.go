package mx

// messages holds what a person reads for each refusal. A pair that is missing falls back to the subject's format.
var messages = map[Error]string{
	{SubjectCURP, ReasonEmpty}:      "Escriba la CURP.",
	{SubjectCURP, ReasonLength}:     "La CURP tiene 18 caracteres.",
	{SubjectCURP, ReasonFormat}:     "La CURP no tiene la forma correcta. Cópiela tal como aparece en el documento.",
	{SubjectCURP, ReasonDate}:       "La CURP contiene una fecha de nacimiento que no existe.",
	{SubjectCURP, ReasonFuture}:     "La CURP contiene una fecha de nacimiento posterior al día de hoy.",
	{SubjectCURP, ReasonCheckDigit}: "El último dígito de la CURP no corresponde. Revise que esté bien copiada.",
	{SubjectCURP, ReasonGeneric}:    "Esta CURP es genérica y no identifica a una persona. Si no la tiene, deje el campo vacío.",

	{SubjectRFC, ReasonEmpty}:      "Escriba el RFC.",
	{SubjectRFC, ReasonLength}:     "El RFC tiene 13 caracteres para una persona física y 12 para una persona moral.",
	{SubjectRFC, ReasonFormat}:     "El RFC no tiene la forma correcta. Cópielo tal como aparece en la constancia fiscal.",
	{SubjectRFC, ReasonDate}:       "El RFC contiene una fecha que no existe.",
	{SubjectRFC, ReasonCheckDigit}: "El último carácter del RFC no corresponde. Revise que esté bien copiado.",
	{SubjectRFC, ReasonGeneric}:    "Este RFC es genérico. Escriba el RFC propio o deje el campo vacío.",

	{SubjectPhone, ReasonEmpty}:   "Escriba el teléfono.",
	{SubjectPhone, ReasonLength}:  "El teléfono debe tener 10 dígitos.",
	{SubjectPhone, ReasonFormat}:  "El teléfono solo lleva números y no empieza con 0 ni con 1.",
	{SubjectPhone, ReasonForeign}: "Escriba un teléfono de México, de 10 dígitos.",

	{SubjectLicense, ReasonEmpty}:  "Escriba el número de cédula profesional.",
	{SubjectLicense, ReasonLength}: "La cédula profesional tiene de 5 a 8 dígitos.",
	{SubjectLicense, ReasonFormat}: "La cédula profesional solo lleva números.",

	{SubjectPostalCode, ReasonEmpty}:  "Escriba el código postal.",
	{SubjectPostalCode, ReasonLength}: "El código postal tiene 5 dígitos.",
	{SubjectPostalCode, ReasonFormat}: "El código postal son 5 dígitos, con el cero inicial si lo lleva.",

	{SubjectCLUES, ReasonEmpty}:  "Escriba la CLUES.",
	{SubjectCLUES, ReasonLength}: "La CLUES tiene 11 caracteres.",
	{SubjectCLUES, ReasonFormat}: "La CLUES son 5 letras y 6 dígitos.",

	{SubjectName, ReasonEmpty}:  "Escriba el nombre.",
	{SubjectName, ReasonLength}: "El nombre admite hasta 60 caracteres.",
	{SubjectName, ReasonFormat}: "El nombre solo lleva letras, espacios, apóstrofos, guiones y puntos.",

	{SubjectEmail, ReasonEmpty}:  "Escriba el correo electrónico.",
	{SubjectEmail, ReasonLength}: "El correo electrónico es demasiado largo.",
	{SubjectEmail, ReasonFormat}: "El correo electrónico no es correcto. Escríbalo sin espacios ni acentos, como nombre@ejemplo.mx.",

	{SubjectDate, ReasonEmpty}:  "Escriba la fecha.",
	{SubjectDate, ReasonFormat}: "La fecha debe tener la forma AAAA-MM-DD.",
	{SubjectDate, ReasonDate}:   "Esa fecha no existe en el calendario.",
	{SubjectDate, ReasonFuture}: "La fecha no puede ser posterior al día de hoy.",
	{SubjectDate, ReasonTooOld}: "La fecha de nacimiento indica más de 130 años. Revise el año.",
}
