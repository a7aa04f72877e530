"""The commands of the TeX subset and the characters that show them: tables only."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda "
    "λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta "
    "Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _table(_GREEK) | _table(
    "partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ emptyset ∅ varnothing ∅ forall ∀ exists ∃ top ⊤ bot ⊥ prime ′ ldots … "
    "dots … cdots ⋯ vdots ⋮ sum ∑ prod ∏ int ∫ Re ℜ Im ℑ aleph ℵ degree ° checkmark ✓ { { } } % % $ $ # # & & _ _ "
    "| ‖ Vert ‖ vert | mid | lbrace { rbrace }"
)
FUNCTIONS = frozenset(
    [
        "tanh",
        "sinh",
        "cosh",
        "sin",
        "cos",
        "tan",
        "exp",
        "log",
        "ln",
        "max",
        "min",
        "arg",
        "argmax",
        "argmin",
        "det",
        "dim",
        "lim",
        "sup",
        "inf",
        "gcd",
        "Pr",
        "sigmoid",
        "softmax",
        "relu",
    ]
)
OPERATORS = _table(
    "times × cdot · odot ⊙ oplus ⊕ otimes ⊗ circ ∘ ast ∗ star ⋆ pm ± mp ∓ div ÷ bullet • cap ∩ cup ∪ wedge ∧ vee "
    "∨ land ∧ lor ∨ setminus ∖ bmod mod"
)
RELATIONS = _table(
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ equiv ≡ cong ≅ propto ∝ in ∈ "
    "notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → leftarrow ← gets ← mapsto ↦ "
    "Rightarrow ⇒ Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ implies ⇒ perp ⟂ parallel ∥ colon : "
    "downarrow ↓ uparrow ↑ longrightarrow ⟶"
)
#: The bracket, and whether it opens.
BRACKETS = {
    "lfloor": ("⌊", True),
    "rfloor": ("⌋", False),
    "lceil": ("⌈", True),
    "rceil": ("⌉", False),
    "langle": ("⟨", True),
    "rangle": ("⟩", False),
    "lvert": ("|", True),
    "rvert": ("|", False),
    "lVert": ("‖", True),
    "rVert": ("‖", False),
    "lbrack": ("[", True),
    "rbrack": ("]", False),
}
SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "quad": "  ", "qquad": "    ", "!": "", "\n": " "}
#: Combining characters, which stand behind the letter that they mark.
ACCENTS = {
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
#: Letters in the alphabets that have them in Unicode's plain part, and the few others that networks are written with.
ALPHABETS = {
    "mathbb": _table("R ℝ N ℕ Z ℤ Q ℚ C ℂ P ℙ E 𝔼 1 𝟙"),
    "mathcal": _table("L ℒ N 𝒩 D 𝒟 F ℱ H ℋ O 𝒪 B ℬ E ℰ X 𝒳 Y 𝒴"),
}
TEXT_COMMANDS = frozenset(
    {"text", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "textbf", "textit", "operatorname"}
)
#: What makes one thing of itself and the atom behind it: ∂L, ∇f, Δx.
UNITS = frozenset("∂∇Δ")

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
