"""The topic `detection`: figures of the papers and of the audit, refusals, slips, and figures as data."""

from __future__ import annotations

import math

import pytest

from reference_impl import detection
from reference_impl.arrays import plain
from reference_impl.catalogue import find
from reference_impl.compare import agree
from reference_impl.figures import Bar, Box, Boxes, Curves, Frame, Grid

NAN = float("nan")
MAP = ((1, 2, 3, 4, 5), (6, 7, 8, 9, 0), (9, 8, 7, 6, 5))
#: Three of one object and two of another; the third overlaps the second more than the first.
BOXES = ((0, 0, 10, 10), (3, 0, 13, 10), (6, 0, 16, 10), (40, 0, 50, 10), (41, 0, 51, 10))
SCORES = (0.9, 0.8, 0.7, 0.5, 0.95)


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("cnn_passes", ("R-CNN", 2000), 2000),
        ("cnn_passes", ("SPPNet", 2000), 1),
        ("cnn_passes", ("Fast R-CNN", 2000), 1),
        ("cnn_passes", ("Faster R-CNN", 300), 1),
        ("cnn_passes", ("YOLO", 98), 1),
        ("spp_length", (256, (4, 2, 1)), 5_376),
        ("spp_length", (256, (6, 3, 2, 1)), 12_800),
        ("bin_range", (7, 2, 0), (0, 4)),
        ("bin_range", (7, 2, 1), (3, 7)),
        ("bin_range", (8, 3, 1), (2, 6)),
        ("roi_pool", (MAP, (0, 0, 5, 3), 2, 2), ((8.0, 9.0), (9.0, 9.0))),
        ("roi_pool", (MAP, (3, 0, 5, 2), 1, 2), ((9.0, 5.0),)),
        ("roi_pool_at", (MAP, (0, 0, 3, 3), 2, 2, 0, 1), 8.0),
        ("roi_on_map", ((17, 0, 95, 33), 16), (1, 0, 6, 3)),
        ("roi_on_map", ((16, 16, 32, 32), 16), (1, 1, 2, 2)),
        ("anchor_size", (128, 1), (128.0, 128.0)),
        ("anchor_size", (128, 0.5), (181.01933598375618, 90.50966799187809)),
        ("anchor_size", (128, 2), (90.50966799187809, 181.01933598375618)),
        ("anchors", ((16, 32), (1, 4)), ((16.0, 16.0), (8.0, 32.0), (32.0, 32.0), (16.0, 64.0))),
        ("anchor_box", (100, 50, 64, 4), (84.0, -14.0, 116.0, 114.0)),
        ("anchors_per_position", (3, 3), 9),
        ("anchor_total", (60, 40), 21_600),
        ("anchor_total", (62, 37), 20_646),
        ("rpn_channels", (), 54),
        ("rpn_channels", (9, 1), 45),
        ("rpn_parameters", (512, 9, 2, False), 27_648),
        ("rpn_parameters", (512,), 27_702),
        ("yolo_depth", (2, 20), 30),
        ("yolo_output_shape", (7, 2, 20), (7, 7, 30)),
        ("yolo_output_size", (7, 2, 20), 1_470),
        ("yolo_output_size", (7, 2, 20, 2), 2_450),
        ("yolo_output_size", (13, 5, 20, 2), 21_125),
        ("yolo_boxes", (7, 2), 98),
        ("yolo_cell", (200, 300, 448, 448, 7), (4, 3)),
        ("yolo_cell", (64, 128, 448, 448, 7), (2, 1)),
        ("yolo_cell", (639.5, 0, 640, 480, 7), (0, 6)),
        ("yolo_offset", (200, 300, 448, 448, 7), (0.125, 0.6875)),
        ("intersection_area", ((0, 0, 4, 4), (2, 1, 6, 3)), 4),
        ("intersection_area", ((0, 0, 2, 2), (2, 0, 4, 2)), 0),
        ("union_area", ((0, 0, 4, 4), (2, 1, 6, 3)), 20),
        ("iou", ((0, 0, 4, 4), (2, 1, 6, 3)), 0.2),
        ("iou", ((0, 0, 2, 2), (3, 3, 4, 4)), 0.0),
        ("iou", ((0.5, 0.5, 1.5, 1.5), (0.5, 0.5, 1.5, 1.5)), 1.0),
        ("nms", (BOXES, SCORES, 0.5), (4, 0, 2)),
        ("nms", (BOXES, SCORES, 0.6), (4, 0, 1, 2)),
        ("nms", (BOXES, SCORES, 1), (4, 0, 1, 2, 3)),
        ("nms", (BOXES, SCORES, 0.1), (4, 0)),
        # exactly at the threshold: 1/3 is not above 1/3
        ("nms", (((0, 0, 2, 2), (1, 0, 3, 2)), (1, 2), 1 / 3), (1, 0)),
        # equal scores: the first is kept
        ("nms", (((0, 0, 2, 2), (0, 0, 2, 2)), (1, 1)), (0,)),
        ("precision_at", ((1, 0, 1, 1), 3), 2 / 3),
        ("recall_at", ((1, 0, 1, 1), 5, 3), 0.4),
        # precisions 1, 1/2, 2/3, 3/4: the last lifts the one before it
        ("average_precision", ((1, 0, 1, 1), 3), (1 + 0.75 + 0.75) / 3),
        ("average_precision", ((1, 0, 1, 1), 5), (1 + 0.75 + 0.75) / 5),
        # recalls 0 to 0.3 are reached with precision 1, up to 1 with 3/4
        ("average_precision", ((1, 0, 1, 1), 3, "11-point"), (4 * 1 + 7 * 0.75) / 11),
        # 3 of 10: the recall 0.3 is reached, which a comparison of floats would miss
        ("average_precision", ((1, 1, 1), 10, "11-point"), 4 / 11),
        ("average_precision", ((0, 0), 3), 0.0),
        ("average_precision", ((1, 1), 2), 1.0),
        ("decode_box", ((100, 50, 40, 20), (0.5, -1, 0, math.log(2))), (120.0, 30.0, 40.0, 40.0)),
        ("encode_box", ((100, 50, 40, 20), (120, 30, 40, 40)), (0.5, -1.0, 0.0, math.log(2))),
    ],
)
def test_a_known_figure_is_found(name, arguments, value):
    found = plain(find(f"detection.{name}")(*arguments))
    assert agree(found, value), found


def test_the_papers_nine_anchors_keep_their_areas():
    sizes = detection.anchors((128, 256, 512), (1, 0.5, 2))
    assert len(sizes) == detection.anchors_per_position(3, 3)
    assert [round(width * height) for width, height in sizes] == [128**2] * 3 + [256**2] * 3 + [512**2] * 3


def test_the_intersection_is_what_counting_pixels_gives():
    one, two = (2, 1, 9, 6), (5, 0, 11, 4)
    pixels = [{(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])} for box in (one, two)]
    assert detection.intersection_area(one, two) == len(pixels[0] & pixels[1])
    assert detection.union_area(one, two) == len(pixels[0] | pixels[1])
    assert detection.iou(one, two) == len(pixels[0] & pixels[1]) / len(pixels[0] | pixels[1])


def test_areas_stay_whole_for_whole_numbers_only():
    assert type(detection.intersection_area((0, 0, 2, 2), (1, 1, 3, 3))) is int
    assert type(detection.intersection_area((0, 0, 2, 2), (5, 1, 6, 3))) is int
    assert type(detection.intersection_area((1, 1, 2, 2), (0.0, 0.0, 3.0, 3.0))) is float
    assert type(detection.intersection_area((0, 0, 2, 2), (5.0, 5.0, 6.0, 6.0))) is float
    assert type(detection.union_area((0, 0, 2, 2), (1, 1, 3, 3.0))) is float


@pytest.mark.parametrize("deltas", [(0, 0, 0, 0), (0.5, -1, 0.25, -2)])
def test_encoding_is_the_way_back(deltas):
    proposal = (10, 20, 30, 40)
    assert agree(detection.encode_box(proposal, detection.decode_box(proposal, deltas)), tuple(map(float, deltas)))


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        (
            "cnn_passes",
            ("RCNN", 3),
            "method must be “R-CNN”, “SPPNet”, “Fast R-CNN”, “Faster R-CNN” or “YOLO”, not ",
        ),
        ("spp_length", (256, ()), "levels must be a list of 1 to 16 whole numbers, not ()"),
        ("spp_length", (256, (65,)), "every entry of levels must be at most 64, not 65"),
        ("bin_range", (7, 2, 2), "bin_index must be below output_size, 2, not 2"),
        ("roi_pool", (MAP, (0, 0, 6, 3), 2, 2), "box must lie on the feature map, which is 5 wide and 3 high"),
        (
            "roi_pool",
            (MAP, (2, 0, 2, 3), 2, 2),
            "box must be x1, y1, x2, y2 with x1 < x2 and y1 < y2, not (2, 0, 2, ",
        ),
        ("roi_pool", (MAP, (0.5, 0, 2, 3), 2, 2), "every entry of box must be a whole number of at least 0, not 0.5"),
        ("roi_pool", (((1, 2), (3,)), (0, 0, 1, 1), 1, 1), "feature_map must have rows of one length"),
        ("roi_pool_at", (MAP, (0, 0, 3, 3), 2, 2, 2, 0), "row and column must be a bin of the output, which is 2×2, "),
        ("roi_on_map", ((-1, 0, 2, 3), 16), "every entry of box must be a whole number of at least 0, not -1"),
        ("anchor_size", (128, 0), "ratio must be a number from 0.01 to 100, not 0"),
        ("anchor_size", (0.5, 1), "scale must be a number from 1 to 4,096, not 0.5"),
        ("anchors", ((16,), (1, NAN)), "every entry of ratios must be a number from"),
        ("anchors", ((16,), (1, 1000)), "every entry of ratios must be a number from 0.01 to 100, not 1000"),
        ("anchor_box", (-1, 0, 16, 1), "center_x must be a number from 0 to 100,000, not -1"),
        ("rpn_channels", (9, 3), "objectness_outputs must be 1 or 2, not 3"),
        ("yolo_output_size", (7, 2, 20, 3), "version must be 1 or 2, not 3"),
        ("yolo_cell", (448, 0, 448, 448, 7), "center_x must be below image_width, 448, to lie in the image, not 448"),
        ("yolo_cell", (0, 0.25, 448, 448, 7), "center_y must be a whole or a half number of pixels, not 0.25"),
        ("yolo_cell", (NAN, 0, 448, 448, 7), "center_x must be a number from 0 to 100,000, not nan"),
        ("iou", ((0, 0, 2, 2), (0, 0, 2)), "other must be x1, y1, x2, y2 with x1 < x2 and y1 < y2, not (0, 0, 2)"),
        (
            "iou",
            ((0, 0, 2, 2), (3, 0, 2, 1)),
            "other must be x1, y1, x2, y2 with x1 < x2 and y1 < y2, not (3, 0, 2, ",
        ),
        ("iou", ((0, 0, NAN, 2), (0, 0, 1, 1)), "every entry of box must be a number from −1,000,000 to 1,000,000"),
        ("iou", (3, (0, 0, 1, 1)), "box must be a list of 1 to 4 numbers, not 3"),
        ("nms", (BOXES, (1, 2)), "scores must be a list of 5 like boxes, not a list of 2"),
        ("nms", (((0, 0, 1.5, 1),), (1,)), "every entry of every box of boxes must be a whole number"),
        ("nms", (BOXES, SCORES, 1.5), "iou_threshold must be a number from 0 to 1, not 1.5"),
        ("nms", ((), ()), "boxes must be a list of 1 to 12 boxes, not ()"),
        ("precision_at", (3, 1), "hits must be a list of 1 to 64 detections, not 3"),
        ("precision_at", ((1, 0), 3), "rank must be one of the 2 detections, not 3"),
        ("precision_at", ((1, 2), 1), "every entry of hits must be 1 for a true detection or 0, not 2"),
        ("precision_at", ((1, True), 1), "every entry of hits must be 1 for a true detection or 0, not True"),
        ("precision_at", ((1, 0.0), 1), "every entry of hits must be 1 for a true detection or 0, not 0.0"),
        ("recall_at", ((1, 1), 1, 1), "ground_truths must be at least the number of true detections: 2, not 1"),
        ("average_precision", ((1,), 1, "area"), "interpolation must be “all-point” or “11-point”, not “area”"),
        ("decode_box", ((0, 0, 0, 1), (0, 0, 0, 0)), "width of proposal must be a number from 0.001 to 10,000, not 0"),
        ("decode_box", ((0, 0, 1, 1), (0, 0, 0)), "deltas must be tx, ty, tw and th, not (0, 0, 0)"),
        ("decode_box", ((0, 0, 1, 1), (0, 0, 11, 0)), "every entry of deltas must be a number from −10 to 10, not 11"),
        ("encode_box", ((0, 0, 1, 1), (0, 0)), "ground_truth must be x, y, width and height, not (0, 0)"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(f"detection.{name}")(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("cnn_passes", ("R-CNN", 2000), "always_shared", 1),
        ("spp_length", (256, (4, 2, 1)), "sides_for_bins", 1_792),
        ("bin_range", (7, 2, 0), "without_overlap", (0, 3)),
        ("anchor_size", (128, 0.5), "width_kept", (128.0, 64.0)),
        ("anchors_per_position", (3, 3), "kinds_added", 6),
        ("rpn_channels", (), "offsets_only", 36),
        ("rpn_channels", (), "anchors_added", 15),
        ("rpn_channels", (), "the_other_objectness", 45),
        ("anchor_total", (60, 40), "once_per_image", 9),
        ("yolo_output_size", (7, 2, 20), "size_of_the_other_version", 2_450),
        ("yolo_output_size", (7, 2, 20), "one_row_of_cells", 210),
        ("yolo_cell", (200, 300, 448, 448, 7), "column_first", (3, 4)),
        ("iou", ((0, 0, 4, 4), (2, 1, 6, 3)), "union_not_reduced", 4 / 24),
        ("iou", ((0, 0, 4, 4), (2, 1, 6, 3)), "over_the_smaller", 0.5),
        ("iou", ((0, 0, 4, 4), (2, 1, 6, 3)), "last_pixels_in_iou", 9 / 31),
        ("nms", (BOXES, SCORES, 0.5), "suppressed_ones_suppress", (4, 0)),
        ("nms", (BOXES, SCORES, 0.5), "lowest_first", (3, 2, 0)),
        ("average_precision", ((1, 0, 1, 1), 3), "not_interpolated", (1 + 2 / 3 + 3 / 4) / 3),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(f"detection.{name}")
    (found,) = [each for each in reference.slips if each.name == slip]
    assert agree(plain(found.function(**reference.bind(*arguments))), value)


def figure(name, *arguments):
    reference = find(f"detection.{name}")
    return reference.figure_for(reference.bind(*arguments))


def test_the_methods_are_drawn_beside_each_other():
    bars = figure("cnn_passes", "YOLO", 2000).bars
    assert bars[0] == Bar("R-CNN", 2000)
    assert {bar.value for bar in bars[1:]} == {1}


def test_bins_are_framed_where_they_overlap():
    assert figure("bin_range", 7, 2, 0).frames == (Frame("bin 0", 0, 0, 1, 4), Frame("bin 1", 0, 3, 1, 4))
    assert figure("bin_range", 41, 2, 0) is None
    grid = figure("roi_pool", MAP, (2, 0, 5, 3), 1, 2)
    assert grid.cells[0] == ("1", "2", "3", "4", "5")
    assert grid.frames == (Frame("bin 0, 0", 0, 2, 3, 2), Frame("bin 0, 1", 0, 3, 3, 2))
    one = figure("roi_pool_at", MAP, (2, 0, 5, 3), 1, 2, 0, 1)
    assert one.frames == (Frame("box", 0, 2, 3, 3), Frame("bin 0, 1", 0, 3, 3, 2))
    assert figure("roi_pool_at", ((1,) * 41,), (0, 0, 1, 1), 1, 1, 0, 0) is None


def test_anchors_are_drawn_around_one_centre():
    boxes = figure("anchors", (16, 32), (1, 4)).boxes
    assert boxes[0] == Box("16, ratio 1", 24.0, 24.0, 40.0, 40.0)
    assert boxes[3] == Box("32, ratio 4", 24.0, 0.0, 40.0, 64.0)
    assert figure("anchors", (16,), (1,) * 13) is None
    assert [box.name for box in figure("anchor_size", 32, 4).boxes] == ["32, ratio 1", "32, ratio 4"]


def test_the_responsible_cell_is_marked():
    grid = figure("yolo_cell", 200, 300, 448, 448, 7)
    assert isinstance(grid, Grid)
    assert grid.cells[4] == ("·", "·", "·", "●", "·", "·", "·")
    assert grid.frames == (Frame("responsible", 4, 3, 1, 1),)
    assert figure("yolo_cell", 1, 1, 448, 448, 41) is None


def test_boxes_are_drawn_with_what_they_share():
    boxes = figure("iou", (0, 0, 4, 4), (2, 1, 6, 3))
    assert isinstance(boxes, Boxes)
    assert (boxes.width, boxes.height, boxes.note) == (6.0, 4.0, "4 / 20")
    assert boxes.boxes[2] == Box("intersection", 2.0, 1.0, 4.0, 3.0)
    assert len(figure("intersection_area", (0, 0, 1, 1), (1, 1, 2, 2)).boxes) == 2


def test_kept_boxes_are_named_as_kept():
    boxes = figure("nms", BOXES, SCORES, 0.5)
    assert boxes.title == "3 of 5 boxes are kept"
    assert [box.name for box in boxes.boxes][:2] == ["0: 0.9, kept", "1: 0.8, dropped"]


def test_a_ranking_is_drawn_with_its_envelope():
    curves = figure("average_precision", (1, 0, 1, 1), 3)
    assert isinstance(curves, Curves)
    assert curves.series[1].values == (1.0, 0.75, 0.75, 0.75)
    assert curves.series[2].values[-1] == 1.0
