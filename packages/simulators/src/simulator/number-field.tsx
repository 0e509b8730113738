interface NumberFieldProps {
  readonly label: string
  /** 0 stands for an empty field. */
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A field for a port number; what is no port is not taken. */
export const NumberField = ({ label, value, onChange }: NumberFieldProps) => (
  <label>
    <span>{label}</span>
    <input
      inputMode="numeric"
      value={value === 0 ? "" : value}
      size={6}
      onChange={(event) => {
        const number = Number(event.target.value)
        if (Number.isInteger(number) && number >= 0 && number <= 65535) onChange(number)
      }}
    />
  </label>
)
