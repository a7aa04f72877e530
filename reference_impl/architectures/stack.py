"""What a net's table is made of: one row a layer, and the stack that knows where the next layer stands.

Rows are plain tuples until the table is whole: a table of four hundred layers is to take no longer than a tenth of a
millisecond or two.
"""

from __future__ import annotations

from typing import NamedTuple

from reference_impl.arrays import Shape

#: What kinds of layers there are. Activations, dropout and flattening change no number of the table: they have no rows.
CONVOLUTION = "convolution"
LINEAR = "linear"
NORMALISATION = "normalisation"
POOLING = "pooling"
ADDITION = "addition"
CONCATENATION = "concatenation"


class Layer(NamedTuple):
    """One layer of a net.

    `output_shape` is (channels, height, width), or (features,) behind a dense layer. `parameters` are all numbers that
    are learned; `biases` of them are biases, that of batch normalisation (β) among them. `multiply_adds` are
    multiplications with their additions, for one image, of convolutions and dense layers only. `receptive_field` is in
    pixels of the input along one axis, those in the padding among them, and `jump` is how many pixels lie between what
    two neighbouring outputs look at; both as if the image went on for ever.
    """

    name: str
    kind: str
    output_shape: Shape
    parameters: int
    multiply_adds: int
    receptive_field: int
    jump: int
    biases: int


#: The fields of a `Layer`, in its order.
Row = tuple[str, str, Shape, int, int, int, int, int]


class Stack:
    """Layers put behind one another on a square image of three channels: their rows, and what the last one gives.

    `bias` says whether convolutions have biases, `norm` how many numbers a batch normalisation has for each channel.
    """

    __slots__ = ("bias", "channels", "field", "jump", "norm", "rows", "size")

    def __init__(self, input_size: int, *, bias: bool, norm: int = 2) -> None:
        self.rows: list[Row] = []
        self.channels = 3
        self.size = input_size
        self.field = 1
        self.jump = 1
        self.bias = bias
        self.norm = norm

    def convolution(
        self, name: str, out_channels: int, kernel_size: int, stride: int = 1, padding: int = 0, groups: int = 1
    ) -> None:
        """A convolution with square kernels."""
        # o = ⌊(n + 2p − k) / s⌋ + 1
        self.size = size = (self.size + 2 * padding - kernel_size) // stride + 1
        # k·k·(C_in / g)·C_out
        weights = kernel_size * kernel_size * (self.channels // groups) * out_channels
        biases = out_channels if self.bias else 0
        # r ← r + (k − 1)·j, and only then j ← j·s
        self.field += (kernel_size - 1) * self.jump
        self.jump *= stride
        self.channels = out_channels
        shape = (out_channels, size, size)
        # every weight is used once at every place: H·W·weights
        work = size * size * weights
        self.rows.append((name, CONVOLUTION, shape, weights + biases, work, self.field, self.jump, biases))

    def batch_norm(self, name: str) -> None:
        """Batch normalisation: γ and β for each channel, and the two running statistics where they are counted."""
        channels = self.channels
        shape = (channels, self.size, self.size)
        self.rows.append((name, NORMALISATION, shape, self.norm * channels, 0, self.field, self.jump, channels))

    def local_response_norm(self, name: str) -> None:
        """Local response normalisation, which learns nothing."""
        shape = (self.channels, self.size, self.size)
        self.rows.append((name, NORMALISATION, shape, 0, 0, self.field, self.jump, 0))

    def pool(self, name: str, kernel_size: int, stride: int, padding: int = 0, *, ceil_mode: bool = False) -> None:
        """Pooling; `ceil_mode` keeps a last window that hangs over the edge.

        It begins inside the map, as PyTorch demands, for no pooling of these nets has strides larger than its kernel.
        """
        room = self.size + 2 * padding - kernel_size
        # o = ⌊(n + 2p − k) / s⌋ + 1, or ⌈(n + 2p − k) / s⌉ + 1
        self.size = size = (-(room // -stride) if ceil_mode else room // stride) + 1
        self.field += (kernel_size - 1) * self.jump
        self.jump *= stride
        self.rows.append((name, POOLING, (self.channels, size, size), 0, 0, self.field, self.jump, 0))

    def adaptive_pool(self, name: str, places: int) -> None:
        """Pooling to so many places whatever the map: windows that overlap, with steps that are not all equal.

        Field and jump are those of the first window and of its step to the second.
        """
        # window i of m reaches from ⌊i·n / m⌋ to ⌈(i + 1)·n / m⌉
        self.field += (-(self.size // -places) - 1) * self.jump
        self.jump *= self.size // places
        self.size = places
        self.rows.append((name, POOLING, (self.channels, places, places), 0, 0, self.field, self.jump, 0))

    def global_pool(self, name: str) -> None:
        """Average over the whole map. It has one place only, so the jump stays what it was."""
        self.field += (self.size - 1) * self.jump
        self.size = 1
        self.rows.append((name, POOLING, (self.channels, 1, 1), 0, 0, self.field, self.jump, 0))

    def linear(self, name: str, out_features: int) -> None:
        """A dense layer on the whole map, which is a convolution whose kernel is as large as the map."""
        weights = self.channels * self.size * self.size * out_features
        self.field += (self.size - 1) * self.jump
        self.size = 1
        self.channels = out_features
        self.rows.append(
            (name, LINEAR, (out_features,), weights + out_features, weights, self.field, self.jump, out_features)
        )

    def joined(self, name: str, kind: str) -> None:
        """The end of a block, where branches are added or concatenated: channels and field are set already."""
        shape = (self.channels, self.size, self.size)
        self.rows.append((name, kind, shape, 0, 0, self.field, self.jump, 0))

    def must_have_size(self, size: int, input_size: int) -> None:
        """ValueError unless the map has the size that the layers behind it are made for."""
        if self.size != size:
            raise ValueError(
                f"input_size must leave a map of {size}×{size} to the net's last layers, and {input_size} leaves "
                f"{self.size}×{self.size}"
            )
