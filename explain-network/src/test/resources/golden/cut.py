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
for name in CURVES:
    cut("curve/order_" + name)
    cut("curve/prob_" + name, single=False)
