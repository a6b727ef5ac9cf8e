package config

// Operator is who runs this installation for its clinics: the law's persona
// encargada (LFPDPPP 2-XII). The public pages name it.
type Operator struct {
	Name string `env:"OPERATOR_NAME"`
	// Contact is how to reach it, in words that follow «diríjase a».
	Contact string `env:"OPERATOR_CONTACT"`
}

// named says that the public pages can tell who answers for the service.
func (o Operator) named() bool { return o.Name != "" && o.Contact != "" }
