#!/usr/bin/env python3
"""quantize-head.py SOURCE.onnx TARGET.onnx: makes the recognizer that ships out of the one in rapidocr's wheel.

Two changes, both at the end of the network; everything before it stays as it was.
1. The last layer (120 values to 18,710 classes, 9 of 21 MB) keeps its weights as 8-bit integers, one scale for each class. Its
   input is quantized as it runs.
2. The best class of each step and its probability leave the network, not the probabilities of all classes (27 MB a batch).

Run with `pip install onnx==1.23.2`. The result is the same bytes each time."""
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHTS = "linear_8.w_0"


def quantize_head(graph):
    weights = next(tensor for tensor in graph.initializer if tensor.name == WEIGHTS)
    values = numpy_helper.to_array(weights)
    scales = (numpy.abs(values).max(axis=0) / 127).astype(numpy.float32)
    integers = numpy.round(values / scales).astype(numpy.int8)
    product = next(node for node in graph.node if node.op_type == "MatMul" and WEIGHTS in node.input)
    place = list(graph.node).index(product)
    nodes = [
        helper.make_node("DynamicQuantizeLinear", [product.input[0]], ["head.input", "head.inputScale", "head.inputZero"]),
        helper.make_node("MatMulInteger", ["head.input", "head.weights", "head.inputZero"], ["head.integers"]),
        helper.make_node("Cast", ["head.integers"], ["head.floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["head.inputScale", "head.scales"], ["head.scale"]),
        helper.make_node("Mul", ["head.floats", "head.scale"], [product.output[0]]),
    ]
    graph.node.remove(product)
    for offset, node in enumerate(nodes):
        graph.node.insert(place + offset, node)
    graph.initializer.remove(weights)
    graph.initializer.extend([numpy_helper.from_array(integers, "head.weights"), numpy_helper.from_array(scales, "head.scales")])


def keep_best_class(graph):
    softmax = graph.node[-1]
    assert softmax.op_type == "Softmax", softmax.op_type
    softmax.output[0] = "scores"
    graph.node.extend(
        [
            helper.make_node("ReduceMax", ["scores"], ["score"], axes=[2], keepdims=0),
            helper.make_node("ArgMax", ["scores"], ["best64"], axis=2, keepdims=0),
            helper.make_node("Cast", ["best64"], ["best"], to=TensorProto.INT32),
        ]
    )
    del graph.output[:]
    graph.output.extend(
        [
            helper.make_tensor_value_info("best", TensorProto.INT32, ["lines", "steps"]),
            helper.make_tensor_value_info("score", TensorProto.FLOAT, ["lines", "steps"]),
        ]
    )


def main(source, target):
    model = onnx.load(source)
    quantize_head(model.graph)
    keep_best_class(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
