package api

type forgotRequest struct {
	Email string `json:"email" validate:"required,max=500" example:"sofia.nunez@jacarandas.example"`
} //@name ForgotPasswordRequest

type resetRequest struct {
	Token    string `json:"token" validate:"required,max=500" example:"Zm9uZG8gZGUgdW4gcG96byBzaW4gYWd1YSBjbGFyYQ"`
	Password string `json:"password" validate:"required,max=5000" minLength:"10" example:"una frase larga y propia"`
} //@name ResetPasswordRequest

type passwordRequest struct {
	CurrentPassword string `json:"current_password" validate:"required,max=5000" example:"una frase larga y propia"`
	Password        string `json:"password" validate:"required,max=5000" minLength:"10" example:"otra frase larga y muy mía"`
} //@name ChangePasswordRequest

type verifyEmailRequest struct {
	Token string `json:"token" validate:"required,max=500" example:"Zm9uZG8gZGUgdW4gcG96byBzaW4gYWd1YSBjbGFyYQ"`
} //@name VerifyEmailRequest
