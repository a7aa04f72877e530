"""Nets: known counts, shapes, fields and figures; what is refused; and that the tables agree with themselves."""

from __future__ import annotations

import pytest

from reference_impl.architectures import (
    VARIANTS,
    Layer,
    build_table,
    dense_share,
    layer_count,
    layer_multiply_adds,
    layer_parameters,
    layer_receptive_field,
    layer_shape,
    layer_table,
    multiply_adds,
    parameters,
)
from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.compare import agree, opinions
from reference_impl.figures import Bar

NETS = [(name, variant) for name, variants in VARIANTS.items() for variant in variants]

FIGURES = [
    # the audit of the notes, and torchvision's documentation
    ("parameters", ("alexnet",), 61_100_840),
    ("parameters", ("alexnet", "two-gpu"), 60_965_224),
    ("parameters", ("alexnet", "two-gpu", False, False), 60_954_656),
    ("parameters", ("vgg11",), 132_863_336),
    ("parameters", ("vgg13",), 133_047_848),
    ("parameters", ("vgg16",), 138_357_544),
    ("parameters", ("vgg16", "batchnorm"), 138_365_992),
    ("parameters", ("vgg19",), 143_667_240),
    ("parameters", ("googlenet",), 6_624_904),
    ("parameters", ("googlenet", "torchvision", True), 13_004_888),
    ("parameters", ("googlenet", "paper"), 6_998_552),
    ("parameters", ("googlenet", "paper", True), 13_378_280),
    ("parameters", ("googlenet", "paper", False, False), 6_990_272),
    ("parameters", ("resnet18",), 11_689_512),
    ("parameters", ("resnet34",), 21_797_672),
    ("parameters", ("resnet50",), 25_557_032),
    ("parameters", ("resnet50", "keras"), 25_636_712),
    ("parameters", ("resnet101",), 44_549_160),
    ("parameters", ("resnet152",), 60_192_808),
    ("parameters", ("densenet121",), 7_978_856),
    ("parameters", ("densenet161",), 28_681_000),
    ("parameters", ("densenet169",), 14_149_480),
    ("parameters", ("densenet201",), 20_013_928),
    ("dense_share", ("alexnet", "two-gpu"), 58_631_144 / 60_965_224),
    ("dense_share", ("alexnet",), 58_631_144 / 61_100_840),
    ("dense_share", ("vgg19",), 123_642_856 / 143_667_240),
    # the notes' eight lines of AlexNet
    ("layer_parameters", ("alexnet", "conv1", "two-gpu", False), 34_848),
    ("layer_parameters", ("alexnet", "conv1", "two-gpu"), 34_944),
    ("layer_parameters", ("alexnet", "conv1"), 23_296),
    ("layer_parameters", ("alexnet", "conv2", "two-gpu", False), 307_200),
    ("layer_parameters", ("alexnet", "conv2", "two-gpu"), 307_456),
    ("layer_parameters", ("alexnet", "conv3", "two-gpu", False), 884_736),
    ("layer_parameters", ("alexnet", "conv4", "two-gpu", False), 663_552),
    ("layer_parameters", ("alexnet", "conv5", "two-gpu", False), 442_368),
    ("layer_parameters", ("alexnet", "fc6", "two-gpu", False), 37_748_736),
    ("layer_parameters", ("alexnet", "fc6", "two-gpu"), 37_752_832),
    ("layer_parameters", ("alexnet", "fc7", "two-gpu", False), 16_777_216),
    ("layer_parameters", ("alexnet", "fc8", "two-gpu", False), 4_096_000),
    # a block of layers, and poolings, which learn nothing
    ("layer_parameters", ("googlenet", "inception3a", "paper", False), 163_328),
    ("layer_parameters", ("resnet50", "layer1.1", "torchvision", False), 69_632 + 64 + 64 + 256),
    ("layer_parameters", ("googlenet", "aux1", "paper"), 3_188_840),
    ("layer_parameters", ("vgg16", "pool3"), 0),
    ("layer_shape", ("alexnet", "conv1", "two-gpu"), (96, 55, 55)),
    ("layer_shape", ("alexnet", "pool5"), (256, 6, 6)),
    ("layer_shape", ("alexnet", "fc6"), (4096,)),
    ("layer_shape", ("googlenet", "inception3a"), (256, 28, 28)),
    ("layer_shape", ("googlenet", "inception5b"), (1024, 7, 7)),
    ("layer_shape", ("resnet50", "layer4"), (2048, 7, 7)),
    ("layer_shape", ("resnet50", "layer4", "torchvision", 320), (2048, 10, 10)),
    ("layer_shape", ("densenet121", "denseblock1"), (256, 56, 56)),
    ("layer_shape", ("densenet121", "denseblock1.denselayer6.norm1"), (224, 56, 56)),
    ("layer_shape", ("densenet121", "transition3"), (512, 7, 7)),
    ("layer_multiply_adds", ("alexnet", "conv1", "two-gpu"), 55 * 55 * 34_848),
    ("layer_multiply_adds", ("alexnet", "fc8"), 4_096_000),
    # counted by other programs: torchvision's documentation gives them in billions
    ("multiply_adds", ("alexnet",), 714_188_480),
    ("multiply_adds", ("vgg16",), 15_470_264_320),
    ("multiply_adds", ("resnet18",), 1_814_073_344),
    ("multiply_adds", ("resnet50",), 4_089_184_256),
    # Araujo, Norris and Sim (2019), table of receptive fields
    ("layer_receptive_field", ("alexnet", "pool5"), 195),
    ("layer_receptive_field", ("vgg16", "pool5"), 212),
    ("layer_receptive_field", ("resnet50", "layer4", "keras"), 483),
    ("layer_receptive_field", ("resnet101", "layer4", "keras"), 1027),
    ("layer_receptive_field", ("resnet152", "layer4", "keras"), 1507),
    ("layer_receptive_field", ("vgg16", "fc6"), 404),
    ("layer_jump", ("vgg16", "pool5"), 32),
    ("layer_jump", ("alexnet", "conv1"), 4),
    ("weight_layers", ("alexnet",), 8),
    ("weight_layers", ("vgg19",), 19),
    ("weight_layers", ("googlenet",), 22),
    ("weight_layers", ("resnet50",), 50),
    ("weight_layers", ("densenet201",), 201),
    ("layer_count", ("alexnet", "convolution"), 5),
    ("layer_count", ("alexnet", "linear"), 3),
    ("layer_count", ("googlenet", "convolution"), 57),
    ("layer_count", ("resnet50", "convolution"), 53),
    ("projections", ("resnet18",), 3),
    ("projections", ("resnet34",), 3),
    ("projections", ("resnet50",), 4),
    ("residual_blocks", ("resnet18",), 8),
    ("residual_blocks", ("resnet101",), 33),
    ("residual_blocks", ("resnet152",), 50),
    ("bottleneck_parameters", (256, 64, 256), 69_632),
    ("basic_block_parameters", (256, 256), 1_179_648),
    ("shortcut_parameters", (256, 256), 0),
    ("shortcut_parameters", (256, 512, 2, True), 256 * 512 + 1024),
    ("residual_sum", ((1, 2), (0.5, -2)), (1.5, 0.0)),
    ("dense_block_channels", (64, 32, 6), 256),
    ("dense_block_trace", (64, 32, 6), (64, 96, 128, 160, 192, 224)),
    ("dense_layer_parameters", (64, 32), 64 * 128 + 9 * 128 * 32),
    ("transition_shape", (256, 56, 56), (128, 28, 28)),
    ("transition_shape", (100, 7, 7, 0.29), (29, 3, 3)),
    ("transition_shape", (99, 7, 7, 1 / 3), (33, 3, 3)),
    ("densenet_trace", (64, 32, (6, 12, 24, 16)), (64, 256, 128, 512, 256, 1024, 512, 1024)),
    ("merged_channels", ((64, 128, 32, 32),), 256),
    ("merged_channels", ((256, 256), "add"), 256),
]


@pytest.mark.parametrize(("name", "arguments", "figure"), FIGURES)
def test_a_known_figure_is_found(name, arguments, figure):
    value = plain(find(f"architectures.{name}")(*arguments))
    assert agree(value, figure), value


def slip(name, slip_name):
    (found,) = [each for each in find(f"architectures.{name}").slips if each.name == slip_name]
    return found.function


@pytest.mark.parametrize(
    ("name", "slip_name", "arguments", "value"),
    [
        # the notes' own list: FC6 = 13·13·128·2·2048·2, and the sum that this gives
        ("layer_parameters", "pool_before_it_forgotten", ("alexnet", "fc6", "two-gpu", False), 177_209_344),
        ("parameters", "last_pool_forgotten", ("alexnet", "two-gpu", False, False), 200_415_264),
        ("layer_parameters", "layer_groups_forgotten", ("alexnet", "conv2", "two-gpu", False), 614_400),
        ("parameters", "groups_forgotten", ("alexnet", "two-gpu", False, True), 62_378_344),
        ("parameters", "head_left_out", ("vgg19", "torchvision", False, True), 20_024_384),
        ("parameters", "heads_mistaken", ("googlenet", "torchvision", False, True), 13_004_888),
        ("parameters", "running_statistics_counted", ("resnet50", "torchvision", False, True), 25_557_032 + 53_120),
        ("parameters", "normalisation_left_out", ("resnet50", "torchvision", False, True), 25_557_032 - 53_120),
        ("weight_layers", "every_path_counted", ("googlenet",), 58),
        ("weight_layers", "every_path_counted", ("resnet50",), 54),
        ("layer_receptive_field", "strides_ignored", ("alexnet", "conv2", "torchvision"), 1 + 10 + 2 + 4),
        ("layer_jump", "strides_summed", ("vgg16", "pool5", "torchvision"), 10),
        ("layer_jump", "strides_of_poolings_ignored", ("alexnet", "pool5", "torchvision"), 4),
        ("projections", "projection_in_every_block", ("resnet50",), 16),
        ("bottleneck_parameters", "two_at_full_width", (256, 64, 256, 3, False), 1_179_648),
        ("dense_block_channels", "doubled", (64, 32, 6), 4096),
    ],
)
def test_a_slip_gives_the_value_that_people_give(name, slip_name, arguments, value):
    bound = find(f"architectures.{name}").bind(*arguments)
    assert slip(name, slip_name)(**bound) == value


@pytest.mark.parametrize(
    ("slip_name", "arguments"),
    [
        ("normalisation_left_out", ("vgg16",)),
        ("heads_mistaken", ("resnet18",)),
        ("the_other_kernel", ("alexnet",)),
        ("groups_forgotten", ("alexnet",)),
        ("projections_everywhere", ("densenet121",)),
    ],
)
def test_a_slip_that_a_net_gives_no_room_for_has_no_value(slip_name, arguments):
    with pytest.raises(ValueError, match=r"\w"):
        slip("parameters", slip_name)(**parameters.bind(*arguments))


@pytest.mark.parametrize(
    ("call", "arguments", "sentence"),
    [
        (parameters, ("VGG19",), "name must be one of alexnet, vgg11, vgg13, vgg16, vgg19, googlenet, resnet18, "),
        (parameters, (None,), "name must be one of alexnet"),
        (parameters, (["vgg19"],), "name must be one of alexnet"),
        (parameters, ("vgg19", "two-gpu"), "variant must be “torchvision” or “batchnorm” for vgg19, not “two-gpu”"),
        (parameters, ("resnet18", "keras"), "variant must be “torchvision” for resnet18, not “keras”"),
        (parameters, ("alexnet", 1), "variant must be “torchvision” or “two-gpu” for alexnet, not 1"),
        (
            parameters,
            ("vgg16", "torchvision", True),
            "aux_heads must be False for vgg16: only googlenet has auxiliary heads",
        ),
        (multiply_adds, ("resnet50", "torchvision", False, 31), "input_size must be a whole number of at least 32"),
        (multiply_adds, ("resnet50", "torchvision", False, 1025), "input_size must be at most 1,024, not 1025"),
        (
            multiply_adds,
            ("vgg16", "torchvision", False, 256),
            "input_size must leave a map of 7×7 to the net's last layers, and 256 leaves 8×8",
        ),
        (layer_shape, ("alexnet", "conv1", "torchvision", 400), "input_size must leave a map of 6×6 to the net's last"),
        (
            layer_parameters,
            ("alexnet", "fc9"),
            "layer must be a layer or block of alexnet (torchvision), not “fc9”: did you mean “fc8”?",
        ),
        (
            layer_parameters,
            ("vgg16", "conv1-2"),
            "layer must be a layer or block of vgg16 (torchvision), not “conv1-2”: did you ",
        ),
        (
            layer_parameters,
            ("resnet18", "xyz"),
            "layer must be a layer or block of resnet18 (torchvision), not “xyz”: the first is conv1, the last fc",
        ),
        (
            layer_parameters,
            ("alexnet", 3),
            "layer must be a layer or block of alexnet (torchvision), not 3: the first is conv1, the last fc8",
        ),
        (
            layer_parameters,
            ("alexnet", ()),
            "layer must be a layer or block of alexnet (torchvision), not (): the first is ",
        ),
        (
            layer_parameters,
            ("alexnet", ""),
            "layer must be a layer or block of alexnet (torchvision), not “”: the first is ",
        ),
        (
            layer_receptive_field,
            ("resnet18", "aux1"),
            "layer must be a layer or block of resnet18 (torchvision), not “aux1”",
        ),
        (layer_count, ("alexnet", "dense"), "kind must be “convolution”, “linear”, “normalisation” or “pooling”, not "),
        (
            find("architectures.transition_shape"),
            (3, 8, 8, 0.2),
            "compression must leave at least one channel, and 0.2 of 3 leaves none",
        ),
        (find("architectures.transition_shape"), (4, 8, 8, 1.5), "compression must be a number from 0 to 1, not 1.5"),
        (find("architectures.densenet_trace"), (4, 8, (2,), -1), "compression must be a number from 0 to 1, not -1"),
        (
            find("architectures.densenet_trace"),
            (4, 8, ()),
            "block_config must be a list of 1 to 8 whole numbers, not ()",
        ),
        (find("architectures.merged_channels"), ((4, 8), "add"), "channels must be equal to be added, not 4, 8"),
        (find("architectures.projections"), ("vgg16",), "name must be “resnet18”, “resnet34”, "),
        (find("architectures.residual_sum"), ((1, 2), (1,)), "change must be a list of 2 like input, not a list of 1"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(call, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        call(*arguments)
    assert str(raised.value).startswith(sentence)


def test_a_mistyped_net_is_told_the_nearest():
    with pytest.raises(ValueError, match="not “resnet-50” — did you mean “resnet50”"):
        layer_table("resnet-50")


def test_a_table_is_made_of_named_rows():
    first, *_, last = layer_table("alexnet", "two-gpu")
    assert first == Layer("conv1", "convolution", (96, 55, 55), 34_944, 55 * 55 * 34_848, 11, 4, 96)
    assert (last.name, last.output_shape, last.kind) == ("fc8", (1000,), "linear")
    assert isinstance(last, Layer)


def test_a_table_that_was_kept_is_the_one_that_is_built():
    assert layer_table("resnet18") == build_table("resnet18", "torchvision", False, 224)
    assert layer_table("resnet18") is layer_table("resnet18")


@pytest.mark.parametrize(("name", "variant"), NETS)
def test_the_names_of_a_tables_rows_are_unique_and_its_parts_add_up(name, variant):
    rows = layer_table(name, variant)
    assert len({row.name for row in rows}) == len(rows)
    blocks = list(dict.fromkeys([row.name.split(".")[0] for row in rows]))
    assert sum(layer_parameters(name, block, variant) for block in blocks) == parameters(name, variant)
    assert sum(layer_multiply_adds(name, block, variant) for block in blocks) == multiply_adds(name, variant)
    assert layer_count(name, "convolution", variant) == sum(row.kind == "convolution" for row in rows)
    assert 0 < dense_share(name, variant) < 1


@pytest.mark.parametrize(("name", "variant"), NETS)
def test_every_net_ends_in_a_thousand_classes(name, variant):
    assert layer_table(name, variant)[-1].output_shape == (1000,)


@pytest.mark.parametrize("name", ["googlenet", "resnet18", "resnet152", "densenet121", "densenet201"])
def test_images_of_other_sizes_are_taken_down_to_the_smallest(name):
    parameters_of = {size: sum(row.parameters for row in layer_table(name, input_size=size)) for size in (32, 65, 1024)}
    assert set(parameters_of.values()) == {parameters(name)}
    assert layer_table(name, input_size=32)[-1].output_shape == (1000,)


def test_an_adaptive_pooling_has_windows_that_overlap():
    rows = {row.name: row for row in layer_table("googlenet", aux_heads=True)}
    before = rows["inception4a"]
    pooled = rows["aux1.avgpool"]
    assert pooled.output_shape == (512, 4, 4)
    assert pooled.receptive_field == before.receptive_field + 3 * before.jump  # windows of 4 on a map of 14
    assert rows["aux1.fc1"].receptive_field == before.receptive_field + 13 * before.jump  # all of them together


def test_the_main_path_does_not_see_the_auxiliary_heads():
    without = layer_table("googlenet")
    beside = [row for row in layer_table("googlenet", aux_heads=True) if not row.name.startswith("aux")]
    assert list(without) == beside


def test_figures_of_a_net_show_its_layers_and_blocks():
    figure = parameters.figure_for(parameters.bind("alexnet", "two-gpu", bias=False))
    assert [bar.label for bar in figure.bars] == ["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"]
    assert figure.bars[5] == Bar("fc6", 37_748_736)
    assert sum(bar.value for bar in figure.bars) == 60_954_656
    for name, variant in NETS:
        bars = parameters.figure_for(parameters.bind(name, variant)).bars
        assert sum(bar.value for bar in bars) == parameters(name, variant)
        assert len(bars) <= 40
        assert sum(bar.value for bar in multiply_adds.figure_for(multiply_adds.bind(name, variant)).bars) == (
            multiply_adds(name, variant)
        )


def test_the_figure_of_a_field_grows_from_a_pixel_to_the_layer():
    figure = layer_receptive_field.figure_for(layer_receptive_field.bind("vgg16", "pool5"))
    field, jump = figure.series
    assert field.values[:4] == (1.0, 3.0, 5.0, 6.0)
    assert (field.values[-1], jump.values[-1]) == (212.0, 32.0)
    assert len(figure.x) == len(field.values) == len(jump.values) == 1 + 13 + 5
    assert list(field.values) == sorted(field.values)


def test_figures_of_a_densenet_show_the_channels():
    trace = find("architectures.densenet_trace")
    bars = trace.figure_for(trace.bind(64, 32, (6, 12))).bars
    assert bars == (Bar("image read", 64), Bar("block 1", 256), Bar("transition 1", 128), Bar("block 2", 512))
    block = find("architectures.dense_block_trace")
    assert [bar.value for bar in block.figure_for(block.bind(64, 32, 3)).bars] == [64, 96, 128]


@pytest.mark.parametrize("reference", references("architectures"), ids=lambda each: each.name)
def test_a_figure_has_something_to_show_wherever_there_is_one(reference):
    for arguments in list(reference.draws(5, 100))[::7]:
        figure = reference.figure_for(arguments)
        if figure is not None:
            assert figure.title
            assert len(getattr(figure, "bars", None) or figure.x) >= 1


def test_published_counts_are_heard_where_there_are_any():
    (heard,) = [
        each for each in opinions(parameters, parameters.bind("vgg19"), 143_667_240) if each.name == "published"
    ]
    assert heard.agrees is True
    silent = opinions(parameters, parameters.bind("alexnet", "two-gpu"), 60_965_224)
    assert [(each.name, each.agrees) for each in silent] == [
        ("brute force", True),
        ("published", None),
        ("PyTorch", True),
    ]
