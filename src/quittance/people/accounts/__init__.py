"""How a person proves who they are: sign-in, second factor, lock, invitation."""
