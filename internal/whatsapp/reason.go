package whatsapp

// Reason says to the clinic, in Spanish, why a message did not arrive and what can be done. It suits the worklist of
// messages that need a telephone call.
func Reason(code int) string {
	if text, ok := reasons[code]; ok {
		return text
	}
	return classReasons[Classify(code).Class]
}

// ReasonOf says the same of a class, for failures that came without a code.
func ReasonOf(class Class) string { return classReasons[class] }

var reasons = map[int]string{
	131026: "El número no tiene WhatsApp o no puede recibir este mensaje. Llame por teléfono o confirme el número.",
	131047: "Pasaron más de 24 horas desde el último mensaje de la persona. Envíe de nuevo con una plantilla.",
	131050: "La persona pidió no recibir mensajes de este tipo. Llame por teléfono.",
	131021: "El número es el mismo desde el que se envía. Confirme el teléfono de la persona.",
	131030: "El número no está en la lista de prueba de la cuenta de WhatsApp.",
	131042: "WhatsApp pide revisar el medio de pago de la cuenta.",
	131048: "WhatsApp limitó los envíos de la cuenta por un tiempo.",
	131056: "Se enviaron muchos mensajes seguidos a esta persona. Se intentará más tarde.",
	132001: "La plantilla aún no está aprobada. El mensaje saldrá cuando lo esté.",
	132015: "WhatsApp puso la plantilla en pausa. El mensaje saldrá cuando la reactive.",
	132016: "WhatsApp desactivó la plantilla. Hace falta registrar una nueva.",
	133010: "El número de la clínica no está registrado en WhatsApp.",
	190:    "La clave de acceso a WhatsApp venció o no es válida.",
}

var classReasons = map[Class]string{
	ClassRetry:          "WhatsApp no pudo recibir el mensaje en este momento. Se intentará de nuevo.",
	ClassRetryPair:      "Se enviaron muchos mensajes seguidos a esta persona. Se intentará más tarde.",
	ClassHoldTemplate:   "La plantilla no está disponible en WhatsApp. El mensaje saldrá cuando lo esté.",
	ClassHoldText:       "El texto de la plantilla en WhatsApp no es el de este sistema. El mensaje saldrá cuando coincidan.",
	ClassAccountStop:    "La cuenta de WhatsApp de la clínica necesita atención. Los mensajes esperan hasta entonces.",
	ClassPermanent:      "WhatsApp no entregó el mensaje. Llame por teléfono.",
	ClassUndeliverable:  "El número no tiene WhatsApp o no puede recibir este mensaje. Llame por teléfono o confirme el número.",
	ClassConfig:         "La conexión con WhatsApp no está bien configurada. Avise a quien administra el sistema.",
	ClassBug:            "WhatsApp rechazó el mensaje. Avise a quien administra el sistema.",
	ClassUnknownOutcome: "No se sabe si el mensaje salió. Se espera la confirmación de WhatsApp antes de repetirlo.",
}
