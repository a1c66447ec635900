"""Cuts the small golden files out of the whole golden set (README.md beside says what both are).

    python3 cut.py GOLDEN FASHION

GOLDEN is the folder of the whole set, FASHION that of Debian's package dataset-fashion-mnist. The
files are written beside this script; only numpy is needed.
"""

import gzip
import pathlib
import sys

import numpy as np

golden, fashion = map(pathlib.Path, sys.argv[1:])
here = pathlib.Path(__file__).parent
IMAGES = 8
TIED = 4
LAYERS = ["conv1", "conv2", "conv3", "conv4", "fc1", "fc2"]
CURVES = ["gradient", "guided_backprop", "integrated_gradients", "lrp_0", "patternattr_pos", "random"]
ATTRIBUTIONS = """
captum/deconvnet captum/deeplift_rescale captum/gradient captum/guided_backprop
captum/input_x_gradient captum/integrated_gradients_gausslegendre captum/occlusion_4x4_s4
zennit/composite_epsilon_alpha2_beta1_flat zennit/composite_epsilon_gamma_box
zennit/composite_epsilon_plus zennit/composite_epsilon_plus_flat zennit/lrp_0
zennit/lrp_alpha1beta0_nobias zennit/lrp_alpha2beta1 zennit/lrp_epsilon_0.25 zennit/lrp_flat_all
zennit/lrp_gamma_0.25 zennit/lrp_w2_first_zplus zennit/lrp_wsquare_all zennit/lrp_zb_first_zplus
lrp_toolbox/lrp_alpha2beta1 theano/inn_deep_taylor theano/inn_lrp_alpha_2_beta_1_IB
backproj/patternattr_Sw backproj/patternattr_pos backproj/patternnet_Sw backproj/patternnet_pos
theano/nnp_patternlrp_pos theano/nnp_patternnet_pos
""".split()


def whole(name):
    return np.load(golden / (name + ".npy"))


def write(name, array):
    file = here / (name + ".npy.gz")
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        np.lib.format.write_array(packed, np.ascontiguousarray(array))


def cut(name, images=IMAGES, single=True):
    array = whole(name)[:images]
    write(name, array.astype(np.float32) if single and array.dtype == np.float64 else array)


def first_patches(part, first):
    """The [40000,9] bytes that conv1 sees at the 20 stored places of 2,000 training images."""
    with gzip.open(fashion / "train-images-idx3-ubyte.gz") as file:
        file.seek(16 + first * 784)
        images = np.frombuffer(file.read(2000 * 784), np.uint8).reshape(2000, 28, 28)
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), (1, 2))
    places = whole(f"rho/pos_conv1_{part}").astype(int)
    rows = windows.reshape(2000, 784, 9)
    return np.take_along_axis(rows, places[:, :, None], 1).reshape(-1, 9)


def conv2_samples(first):
    """The [78400,144] inputs of conv2 at every place of 100 of the stored images."""
    images = whole("patterns500/images_u8")[first : first + 100].reshape(100, 1, 28, 28) / 255
    hidden = np.maximum(products(windows3(images), "conv1"), 0)
    return windows3(hidden.reshape(100, 28, 28, 16).transpose(0, 3, 1, 2))


def windows3(maps):
    """3x3 windows of [n,c,h,w], zero-padded, as rows in the order of a filter's weights."""
    padded = np.pad(maps, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), (2, 3))
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, maps.shape[1] * 9)


def products(rows, layer):
    weights = whole(f"weights/{layer}_w").astype(float)
    return rows @ weights.reshape(len(weights), -1).T + whole(f"weights/{layer}_b")


def rho_by_least_squares(positive, negative, b, c):
    """[2,16]: 1 - corr(y, v'd) on B and C, v by least squares of y on the explicit residuals d."""
    weights = whole("weights/conv2_w").astype(float).reshape(16, -1)
    rho = np.zeros((2, 16))
    for j in range(16):
        splits = []
        for x in b, c:
            z = x @ weights[j]
            y = z + whole("weights/conv2_b")[j]
            pattern = np.where((y > 0)[:, None], positive[j], negative[j])
            splits.append((x - pattern * z[:, None], y))
        residuals, y = splits[0]
        v = np.linalg.lstsq(residuals - residuals.mean(0), y - y.mean(), rcond=1e-9)[0]
        rho[:, j] = [1 - np.corrcoef(d @ v, y)[0, 1] for d, y in splits]
    return rho


for name in ["inputs", "pred", "labels", "softmax"] + ATTRIBUTIONS:
    cut(name)
cut("logits", single=False)
for name in ["inputs", "pred", "deconvnet", "gradient", "guided_backprop"]:
    cut("raw/" + name, TIED)
for layer in LAYERS:
    for kind in ["w", "b"]:
        write(f"weights/{layer}_{kind}", whole(f"weights/{layer}_{kind}"))
    write(f"patterns/{layer}_pos", whole(f"patterns/{layer}_pos").astype(np.float32))
for kind in ["lin", "neg"]:
    write(f"patterns/conv1_{kind}", whole(f"patterns/conv1_{kind}"))
write("patterns500/images_u8", whole("patterns500/images_u8"))
for layer in ["conv1", "conv2", "fc2"]:
    for kind in ["lin", "pos", "neg"]:
        write(f"patterns500/{layer}_{kind}", whole(f"patterns500/{layer}_{kind}"))
write("rho/conv1_B", first_patches("B", 10000))
write("rho/conv1_C", first_patches("C", 12000))
for name in ["random_dir_conv1", "conv1_Su", "conv1_Sw", "conv1_Sa", "conv1_Sa+-"]:
    write("rho/" + name, whole("rho/" + name))
b, c = conv2_samples(0), conv2_samples(100)
filters = whole("weights/conv2_w").astype(float).reshape(16, -1)
directions = np.random.default_rng(7).standard_normal((16, 144)).astype(np.float32)
write("rho500/random_dir_conv2", directions)
fitted = {k: whole(f"patterns500/conv2_{k}").reshape(16, -1) for k in ["lin", "pos", "neg"]}
for name, positive, negative in [
    ("Su", directions.astype(float), None),
    ("Sw", filters, None),
    ("Sa", fitted["lin"], None),
    ("Sa+-", fitted["pos"], fitted["neg"]),
]:
    if negative is None:
        positive = negative = positive / (positive * filters).sum(1, keepdims=True)
    write("rho500/conv2_" + name, rho_by_least_squares(positive, negative, b, c))
for name in CURVES:
    cut("curve/order_" + name)
    cut("curve/prob_" + name, single=False)
for kind in ["", "_minor", "_disruptive"]:
    write("metrics/meta/q" + kind, whole("metrics/meta/q" + kind))
for name in ["pred_minor", "pred_disruptive", "iac_p_minor", "iac_p_disruptive", "iec_nr", "iec_ar"]:
    write("metrics/meta/" + name, whole("metrics/meta/" + name))
