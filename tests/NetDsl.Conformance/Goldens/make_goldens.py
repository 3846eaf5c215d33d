"""Makes the golden numbers beside this file with PyTorch (torch 1.13, double precision).

    python3 make_goldens.py

Images are written as NetDsl has them: samples x height x width x channels, filters height x width x input x output.
Every file is {case: {"attributes": {...}, "tensors": {name: {"shape": [...], "data": [...]}}}}.
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def hwio(w):
    return w.permute(2, 3, 1, 0)


def tensor(x):
    x = x.detach()
    return {"shape": list(x.shape), "data": [float(f"{v:.15g}") for v in x.contiguous().flatten().tolist()]}


def case(attributes, **tensors):
    return {"attributes": attributes, "tensors": {name: tensor(x) for name, x in tensors.items()}}


def save(name, cases):
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in cases.items())
    (FOLDER / f"{name}.json").write_text("{\n" + lines + "\n}\n")


def conv2d():
    cases = {}
    torch.manual_seed(1)
    for name, n, h, w, c, f, kh, kw, stride, pad, dilation in [
        ("plain", 2, 5, 6, 3, 4, 3, 3, 1, 0, 1),
        ("stride 2", 2, 7, 6, 2, 3, 3, 2, 2, 0, 1),
        ("padding 1", 1, 4, 5, 2, 2, 3, 3, 1, 1, 1),
        ("stride 2, padding 1", 2, 6, 6, 1, 3, 3, 3, 2, 1, 1),
        ("dilation 2", 1, 7, 7, 2, 2, 3, 3, 1, 0, 2),
        ("stride 3, padding 2, dilation 2", 2, 8, 7, 3, 2, 3, 2, 3, 2, 2),
        ("one by one", 2, 3, 3, 5, 4, 1, 1, 1, 0, 1),
        ("rows that no window reaches", 1, 6, 6, 1, 1, 3, 3, 2, 0, 1),
    ]:
        x = torch.randn(n, c, h, w, requires_grad=True)
        k = torch.randn(f, c, kh, kw, requires_grad=True)
        y = F.conv2d(x, k, stride=stride, padding=pad, dilation=dilation)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case(
            {"stride": stride, "pad": pad, "dilation": dilation},
            x=nhwc(x), w=hwio(k), y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad), dw=hwio(k.grad))
    save("conv2d", cases)


def max_pool2d():
    cases = {}
    torch.manual_seed(2)
    for name, n, h, w, c, size, stride, pad, ties in [
        ("two by two", 2, 6, 4, 3, 2, 2, 0, False),
        ("odd extent", 1, 5, 7, 2, 2, 2, 0, False),
        ("overlapping", 2, 5, 5, 2, 3, 1, 0, False),
        ("overlapping with padding", 1, 6, 5, 2, 3, 2, 1, False),
        ("negative under padding", 1, 3, 3, 1, 3, 2, 1, False),
        ("ties", 2, 6, 6, 2, 2, 2, 0, True),
        ("ties in overlapping windows", 2, 5, 6, 1, 3, 2, 1, True),
    ]:
        x = torch.randint(0, 3, (n, c, h, w)).double() if ties else torch.randn(n, c, h, w)
        if name == "negative under padding":
            x = -x.abs() - 1
        x.requires_grad_()
        y = F.max_pool2d(x, size, stride=stride, padding=pad)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case({"size": size, "stride": stride, "pad": pad}, x=nhwc(x), y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad))
    save("maxpool2d", cases)


def average_pool2d():
    cases = {}
    torch.manual_seed(3)
    for name, n, h, w, c, size, stride, pad in [
        ("two by two", 2, 6, 4, 3, 2, 2, 0),
        ("odd extent", 1, 5, 7, 2, 2, 2, 0),
        ("overlapping", 2, 5, 5, 2, 3, 1, 0),
        ("padding", 2, 6, 5, 2, 3, 2, 1),
        ("padding, stride 1", 1, 3, 4, 1, 3, 1, 1),
    ]:
        x = torch.randn(n, c, h, w, requires_grad=True)
        y = F.avg_pool2d(x, size, stride=stride, padding=pad, count_include_pad=False)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case({"size": size, "stride": stride, "pad": pad}, x=nhwc(x), y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad))
    save("averagepool2d", cases)


def softmax():
    cases = {}
    torch.manual_seed(4)
    for name, shape, scale in [("vector", (3, 5), 1), ("last of three axes", (2, 3, 4), 1), ("large", (2, 4), 400), ("one", (2, 1), 1)]:
        x = (torch.randn(*shape) * scale).requires_grad_()
        y = F.softmax(x, dim=-1)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case({}, x=x, y=y, dy=dy, dx=x.grad)
    save("softmax", cases)


def cross_entropy():
    cases = {}
    torch.manual_seed(5)
    for name, rows, classes, scale in [("ten classes", 7, 10, 1), ("two classes", 3, 2, 1), ("large", 4, 5, 300)]:
        x = (torch.randn(rows, classes) * scale).requires_grad_()
        labels = torch.randint(0, classes, (rows,))
        loss = F.cross_entropy(x, labels, reduction="none")
        loss.mean().backward()
        cases[name] = case({}, logits=x, labels=labels.double(), loss=loss, dlogits=x.grad)
    save("crossentropy", cases)


def binary_cross_entropy():
    cases = {}
    torch.manual_seed(6)
    for name, shape, scale, soft in [("hard targets", (5, 1), 1, False), ("soft targets", (3, 4), 1, True), ("large", (4, 3), 60, False)]:
        z = (torch.randn(*shape) * scale).requires_grad_()
        t = torch.rand(*shape) if soft else torch.randint(0, 2, shape).double()
        loss = F.binary_cross_entropy_with_logits(z, t, reduction="none")
        loss.mean().backward()
        cases[name] = case({}, logits=z, target=t, loss=loss.mean(dim=1), dlogits=z.grad)
    save("binarycrossentropy", cases)


def mean_squared_error():
    torch.manual_seed(7)
    x = torch.randn(3, 4, requires_grad=True)
    t = torch.randn(3, 4)
    loss = F.mse_loss(x, t, reduction="none")
    loss.mean().backward()
    save("meansquarederror", {"four values": case({}, x=x, target=t, loss=loss.mean(dim=1), dx=x.grad)})


def activations():
    cases = {}
    for name, f in [
        ("ReLU", F.relu),
        ("LeakyReLU", F.leaky_relu),
        ("Sigmoid", torch.sigmoid),
        ("Tanh", torch.tanh),
        ("ELU", F.elu),
        ("SiLU", F.silu),
        ("GELU", F.gelu),
        ("GELUTanh", lambda x: F.gelu(x, approximate="tanh")),
        # Without a threshold above which softplus(x) is x.
        ("Softplus", lambda x: F.softplus(x, threshold=1e9)),
        ("SELU", F.selu),
        ("Mish", F.mish),
        ("Hardswish", F.hardswish),
        ("HardSigmoid", F.hardsigmoid),
        ("ReLU6", F.relu6),
        ("Softsign", F.softsign),
        ("LogSoftmax", lambda x: F.log_softmax(x, dim=-1)),
    ]:
        x = torch.tensor([[-30.0, -2.5, -1e-3, 0.0, 1e-3, 0.7, 2.5, 30.0]], requires_grad=True)
        y = f(x)
        y.backward(torch.ones_like(y))
        cases[name] = case({}, x=x, y=y, dx=x.grad)
    save("activations", cases)


def batch_norm():
    cases = {}
    torch.manual_seed(8)
    for name, shape in [("vector", (5, 3)), ("image", (2, 2, 3, 3))]:
        channels = shape[1]
        layer = torch.nn.BatchNorm1d(channels) if len(shape) == 2 else torch.nn.BatchNorm2d(channels)
        with torch.no_grad():
            layer.weight.copy_(torch.rand(channels) + 0.5)
            layer.bias.copy_(torch.randn(channels))
            layer.running_mean.copy_(torch.randn(channels))
            layer.running_var.copy_(torch.rand(channels) + 0.5)
        mean, var = layer.running_mean.clone(), layer.running_var.clone()
        x = torch.randn(*shape, requires_grad=True)
        layer.eval()
        inference = layer(x)
        layer.train()
        y = layer(x)
        t = torch.randn_like(y)
        loss = F.mse_loss(y, t)
        loss.backward()
        last = (lambda v: nhwc(v)) if len(shape) == 4 else (lambda v: v)
        cases[name] = case(
            {"epsilon": layer.eps, "momentum": layer.momentum},
            x=last(x), target=last(t), gamma=layer.weight, beta=layer.bias, mean=mean, variance=var, inference=last(inference), y=last(y),
            newMean=layer.running_mean, newVariance=layer.running_var,
            dx=last(x.grad), dgamma=layer.weight.grad, dbeta=layer.bias.grad)
    save("batchnorm", cases)


def layer_norm():
    cases = {}
    torch.manual_seed(9)
    for name, shape, scale, shift in [
        ("vector", (3, 5), 1, 0),
        ("rows", (2, 3, 7), 2, 0),
        ("image", (2, 2, 3, 4), 1, 0),
        ("far from zero", (2, 6), 1e-2, 1e4),
        ("one element", (3, 1), 1, 0),
        ("equal elements", (2, 4), 0, 3),
    ]:
        layer = torch.nn.LayerNorm(shape[-1])
        with torch.no_grad():
            layer.weight.copy_(torch.rand(shape[-1]) + 0.5)
            layer.bias.copy_(torch.randn(shape[-1]))
        x = torch.randn(*shape) * scale + shift
        if name == "far from zero":
            # Few enough digits for the file: the differences keep theirs.
            x = torch.round(x * 1e8) / 1e8
        x.requires_grad_()
        y = layer(x)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case(
            {"epsilon": layer.eps},
            x=x, gamma=layer.weight, beta=layer.bias, y=y, dy=dy, dx=x.grad, dgamma=layer.weight.grad, dbeta=layer.bias.grad)
    save("layernorm", cases)


def global_pool2d():
    cases = {}
    torch.manual_seed(10)
    for name, pool, n, h, w, c, ties in [
        ("average", F.adaptive_avg_pool2d, 2, 4, 3, 5, False),
        ("average of one pixel", F.adaptive_avg_pool2d, 2, 1, 1, 3, False),
        ("maximum", F.adaptive_max_pool2d, 2, 4, 3, 5, False),
        ("maximum of one row", F.adaptive_max_pool2d, 1, 1, 7, 2, False),
        ("maximum with ties", F.adaptive_max_pool2d, 3, 5, 4, 4, True),
    ]:
        x = torch.randint(0, 3, (n, c, h, w)).double() if ties else torch.randn(n, c, h, w)
        x.requires_grad_()
        y = pool(x, 1).flatten(1)
        dy = torch.randn_like(y)
        y.backward(dy)
        cases[name] = case({"maximum": int(pool is F.adaptive_max_pool2d)}, x=nhwc(x), y=y, dy=dy, dx=nhwc(x.grad))
    save("globalpool2d", cases)


def last(x):
    """Channels last, whatever the number of axes."""
    return x if x.dim() < 3 else x.movedim(1, -1)


def layers():
    """Layers written as in NetDsl, with parameters in the order in which they are declared."""
    cases = {}
    torch.manual_seed(11)

    def add(name, text, shape, f, parameters=(), layout=(), last=last):
        """f(x, *parameters) on tensors with channels first; layout turns each parameter into NetDsl's."""
        x = torch.randn(*shape, requires_grad=True)
        values = [torch.randn(*p, requires_grad=True) for p in parameters]
        y = f(x, *values)
        dy = torch.randn_like(y)
        y.backward(dy)
        turned = [turn if turn else (lambda v: v) for turn in (list(layout) + [None] * len(values))]
        tensors = {"x": last(x), "y": last(y), "dy": last(dy), "dx": last(x.grad)}
        for i, value in enumerate(values):
            tensors[f"p{i}"] = turned[i](value)
            tensors[f"dp{i}"] = turned[i](value.grad)
        cases[name] = case({"layers": text, "parameters": len(values)}, **tensors)

    transposed = lambda w: w.permute(2, 3, 1, 0)
    add("ConvTranspose2D", "ConvTranspose2D(4, 3)", (2, 3, 4, 5), lambda x, w, b: F.conv_transpose2d(x, w, b), [(3, 4, 3, 3), (4,)], [transposed])
    add("ConvTranspose2D, stride 2, pad 1", "ConvTranspose2D(2, 4, Stride = 2, Pad = 1)", (2, 3, 4, 3),
        lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1), [(3, 2, 4, 4), (2,)], [transposed])
    add("ConvTranspose2D, dilation 2", "ConvTranspose2D(2, 3, Dilation = 2)", (1, 2, 4, 4),
        lambda x, w, b: F.conv_transpose2d(x, w, b, dilation=2), [(2, 2, 3, 3), (2,)], [transposed])
    channels = lambda m: lambda w: w.unflatten(0, (-1, m)).squeeze(2).permute(2, 3, 0, 1)
    add("DepthwiseConv2D", "DepthwiseConv2D(3)", (2, 5, 5, 6), lambda x, w, b: F.conv2d(x, w, b, groups=5), [(5, 1, 3, 3), (5,)], [channels(1)])
    add("DepthwiseConv2D, multiplier 2, stride 2, pad 1", "DepthwiseConv2D(3, 2, DepthMultiplier = 2, Stride = 2, Pad = 1)", (2, 3, 6, 5),
        lambda x, w, b: F.conv2d(x, w, b, groups=3, stride=2, padding=1), [(6, 1, 3, 2), (6,)], [channels(2)])
    add("DepthwiseConv2D, dilation 2", "DepthwiseConv2D(2, Dilation = 2, UseBias = false)", (1, 4, 5, 5),
        lambda x, w: F.conv2d(x, w, groups=4, dilation=2), [(4, 1, 2, 2)], [channels(1)])
    add("SeparableConv2D", "SeparableConv2D(4, 3, Pad = 1, DepthMultiplier = 2)", (2, 3, 4, 5),
        lambda x, w, p, b: F.conv2d(F.conv2d(x, w, groups=3, padding=1), p, b), [(6, 1, 3, 3), (4, 6, 1, 1), (4,)], [channels(2), hwio])
    steps = lambda w: w.permute(2, 1, 0)
    add("Conv1D", "Conv1D(4, 3)", (2, 3, 7), lambda x, w, b: F.conv1d(x, w, b), [(4, 3, 3), (4,)], [steps])
    add("Conv1D, stride 2, pad 1", "Conv1D(3, 4, Stride = 2, Pad = 1)", (2, 2, 9), lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1), [(3, 2, 4), (3,)], [steps])
    add("Conv1D, causal", "Conv1D(3, 3, Causal = true, Dilation = 2)", (2, 2, 8),
        lambda x, w, b: F.conv1d(F.pad(x, (4, 0)), w, b, dilation=2), [(3, 2, 3), (3,)], [steps])
    add("MaxPool1D", "MaxPool1D(3, Stride = 2, Pad = 1)", (2, 3, 8), lambda x: F.max_pool1d(x, 3, 2, 1))
    add("AveragePool1D", "AveragePool1D(2)", (2, 3, 7), lambda x: F.avg_pool1d(x, 2))
    add("GlobalMaxPool1D", "GlobalMaxPool1D", (2, 3, 7), lambda x: F.adaptive_max_pool1d(x, 1).flatten(1))
    add("GlobalAveragePool1D", "GlobalAveragePool1D", (2, 3, 7), lambda x: F.adaptive_avg_pool1d(x, 1).flatten(1))
    add("UpSampling2D", "UpSampling2D(3)", (2, 3, 2, 4), lambda x: F.interpolate(x, scale_factor=3, mode="nearest"))
    add("ZeroPadding2D", "ZeroPadding2D(1, 2, 3, 0)", (2, 3, 2, 4), lambda x: F.pad(x, (3, 0, 1, 2)))
    for parts in [(3, 2), (2, 3), (7, 1), (1, 5)]:
        add(f"AdaptiveAveragePool2D, {parts[0]} x {parts[1]}", f"AdaptiveAveragePool2D({parts[0]}, {parts[1]})", (2, 3, 7, 5), lambda x, parts=parts: F.adaptive_avg_pool2d(x, parts))
        add(f"AdaptiveMaxPool2D, {parts[0]} x {parts[1]}", f"AdaptiveMaxPool2D({parts[0]}, {parts[1]})", (2, 3, 7, 5), lambda x, parts=parts: F.adaptive_max_pool2d(x, parts))
    for parts in [3, 4, 7, 1]:
        add(f"AdaptiveAveragePool1D, {parts}", f"AdaptiveAveragePool1D({parts})", (2, 3, 7), lambda x, parts=parts: F.adaptive_avg_pool1d(x, parts))
        add(f"AdaptiveMaxPool1D, {parts}", f"AdaptiveMaxPool1D({parts})", (2, 3, 7), lambda x, parts=parts: F.adaptive_max_pool1d(x, parts))
    add("Patches", "Patches(2)", (2, 4, 6, 3), lambda x: x.unflatten(1, (2, 2)).unflatten(3, (3, 2)).transpose(2, 3).flatten(3).flatten(1, 2), last=lambda v: v)
    add("Cropping2D", "Cropping2D(1, 2, 0, 1)", (2, 3, 5, 4), lambda x: x[:, :, 1:3, 0:3])
    add("RMSNorm", "RMSNorm", (3, 7), lambda x, g: g * x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6), [(7,)])
    add("GroupNorm", "GroupNorm(2)", (2, 6, 3, 4), lambda x, g, b: F.group_norm(x, 2, g, b), [(6,), (6,)])
    add("GroupNorm of one group", "GroupNorm(1)", (2, 4, 3, 2), lambda x, g, b: F.group_norm(x, 1, g, b), [(4,), (4,)])
    add("GroupNorm of single channels", "GroupNorm(3)", (2, 3, 4, 4), lambda x, g, b: F.instance_norm(x, weight=g, bias=b), [(3,), (3,)])
    add("PReLU", "PReLU", (2, 3, 4, 2), lambda x, a: F.prelu(x, a), [(3,)])
    add("GLU", "GLU", (3, 8), lambda x: F.glu(x, dim=-1))
    add("GLU with SiLU", "GLU(Activation.SiLU)", (3, 8), lambda x: x[:, :4] * F.silu(x[:, 4:]))
    add("Slice", "Slice(-5, 3)", (3, 8), lambda x: x[:, 3:6])
    add("Multiply", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Multiply("a")', (3, 4),
        lambda x, a, b: (x @ a) * (x @ b), [(4, 5), (4, 5)])
    add("Subtract", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Subtract("a")', (3, 4),
        lambda x, a, b: (x @ b) - (x @ a), [(4, 5), (4, 5)])
    add("Average", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Average("a")', (3, 4),
        lambda x, a, b: ((x @ a) + (x @ b)) / 2, [(4, 5), (4, 5)])
    add("Maximum", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Maximum("a")', (3, 4),
        lambda x, a, b: torch.maximum(x @ a, x @ b), [(4, 5), (4, 5)])
    add("Minimum", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Minimum("a")', (3, 4),
        lambda x, a, b: torch.minimum(x @ a, x @ b), [(4, 5), (4, 5)])
    add("Dot", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Dot("a")', (3, 4),
        lambda x, a, b: ((x @ a) * (x @ b)).sum(-1, keepdim=True), [(4, 5), (4, 5)])
    add("Dot, normalized", 'Dense(5, UseBias = false, Name = "a"), From("input"), Dense(5, UseBias = false), Dot("a", Normalize = true)', (3, 4),
        lambda x, a, b: F.cosine_similarity(x @ a, x @ b).unsqueeze(-1), [(4, 5), (4, 5)])

    def attention(x, wq, bq, wk, bk, wv, bv, wo, bo, heads, causal):
        mask = torch.full((x.shape[1], x.shape[1]), float("-inf")).triu(1) if causal else None
        y, _ = F.multi_head_attention_forward(
            x.transpose(0, 1), x.transpose(0, 1), x.transpose(0, 1), x.shape[2], heads, torch.cat([wq.T, wk.T, wv.T]), torch.cat([bq, bk, bv]),
            None, None, False, 0.0, wo.T, bo, attn_mask=mask)
        return y.transpose(0, 1)

    kept = lambda v: v
    for name, text, heads, causal in [
        ("MultiHeadAttention", "MultiHeadAttention(2)", 2, False),
        ("MultiHeadAttention, causal", "MultiHeadAttention(3, Causal = true)", 3, True),
    ]:
        add(name, text, (2, 5, 6), lambda x, *w, heads=heads, causal=causal: attention(x, *w, heads, causal), [(6, 6), (6,)] * 4, last=kept)

    def rotary(x, wq, bq, wk, bk, wv, bv, cosine, sine, wo, bo):
        """LLaMA's rotate_half on the tables given."""
        turn = lambda t: t * torch.cat([cosine, cosine], 1) + torch.cat([-t[..., 2:], t[..., :2]], -1) * torch.cat([sine, sine], 1)
        heads = lambda t: t.unflatten(2, (2, 4)).transpose(1, 2)
        q, k, v = turn(heads(x @ wq + bq)), turn(heads(x @ wk + bk)), heads(x @ wv + bv)
        return (torch.softmax(q @ k.transpose(2, 3) / 2, 3) @ v).transpose(1, 2).flatten(2) @ wo + bo

    add("MultiHeadAttention, rotary", "MultiHeadAttention(2, Rotary = true)", (2, 5, 8), rotary, [(8, 8), (8,)] * 3 + [(5, 2)] * 2 + [(8, 8), (8,)], last=kept)
    add("PositionalEmbedding, sinusoidal", "PositionalEmbedding(Sinusoidal = true)", (2, 5, 8), lambda x, w: x + w, [(5, 8)], last=kept)

    def recurrent(cell, gates, reorder):
        """torch's cells on NetDsl's tensors: weight, recurrentWeight, bias and, for a GRU, recurrentBias."""
        def run(x, w, u, b, rb=None):
            units = u.shape[0]
            turn = lambda m: torch.cat([m[..., g * units:(g + 1) * units] for g in reorder], dim=-1)
            values = [turn(w).T, turn(u).T, turn(b), torch.zeros(gates * units) if rb is None else turn(rb)]
            zero = torch.zeros(1, x.shape[0], units)
            # Biases, one layer, no dropout, no training, one direction, batch first.
            return cell(x, (zero, zero) if cell is torch._VF.lstm else zero, values, True, 1, 0.0, False, False, True)[0]
        return run

    for name, cell, gates, reorder in [("SimpleRNN", torch._VF.rnn_tanh, 1, [0]), ("LSTM", torch._VF.lstm, 4, [0, 1, 2, 3]), ("GRU", torch._VF.gru, 3, [1, 0, 2])]:
        run = recurrent(cell, gates, reorder)
        tensors = [(3, gates * 4), (4, gates * 4), (gates * 4,)] + ([(gates * 4,)] if name == "GRU" else [])
        add(f"{name}, all steps", f"{name}(4, ReturnSequences = true)", (2, 5, 3), run, tensors, last=kept)
        add(f"{name}, the last step", f"{name}(4)", (2, 5, 3), lambda x, *t, run=run: run(x, *t)[:, -1], tensors, last=kept)

        def both(x, *t, run=run):
            half = len(t) // 2
            return torch.cat([run(x, *t[:half]), run(x.flip(1), *t[half:]).flip(1)], dim=-1)

        add(f"{name}, both directions", f"{name}(4, ReturnSequences = true, Bidirectional = true)", (2, 5, 3), both, tensors * 2, last=kept)
    add("FeedForward", "FeedForward(7)", (3, 4), lambda x, u, a, d, b: F.gelu(x @ u + a) @ d + b, [(4, 7), (7,), (7, 4), (4,)])
    add("PositionalEmbedding", "PositionalEmbedding", (2, 3, 4), lambda x, p: x + p, [(3, 4)], last=kept)
    add("Permute", "Permute(2, 0, 1)", (2, 3, 4, 5), lambda x: x.permute(0, 3, 1, 2), last=kept)
    save("layers", cases)


def masked():
    """Texts that end in padding, token 0: attention with its mask, recurrent cells on packed sequences. Parameters begin with the embedding's table."""
    cases = {}
    torch.manual_seed(14)
    tokens = torch.tensor([[3, 1, 2, 4, 1], [2, 2, 4, 0, 0], [1, 0, 0, 0, 0], [4, 3, 1, 2, 0]])
    lengths = (tokens != 0).sum(dim=1)

    def add(name, text, f, parameters):
        values = [torch.randn(*p, requires_grad=True) for p in parameters]
        y = f(values[0][tokens], *values[1:])
        dy = torch.randn_like(y)
        y.backward(dy)
        tensors = {"x": tokens.double(), "y": y, "dy": dy}
        for i, value in enumerate(values):
            tensors[f"p{i}"], tensors[f"dp{i}"] = value, value.grad
        cases[name] = case({"layers": f"TokenInput(5, 5, PaddingId = 0), {text}", "parameters": len(values)}, **tensors)

    def attention(x, wq, bq, wk, bk, wv, bv, wo, bo):
        x = x.transpose(0, 1)
        y, _ = F.multi_head_attention_forward(
            x, x, x, x.shape[2], 2, torch.cat([wq.T, wk.T, wv.T]), torch.cat([bq, bk, bv]), None, None, False, 0.0, wo.T, bo, key_padding_mask=tokens == 0)
        return y.transpose(0, 1)

    def last(cell, gates, reorder):
        def run(x, w, u, b, rb=None):
            packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            turn = lambda m: torch.cat([m[..., g * 4:(g + 1) * 4] for g in reorder], dim=-1)
            values = [turn(w).T, turn(u).T, turn(b), torch.zeros(gates * 4) if rb is None else turn(rb)]
            zero = torch.zeros(1, x.shape[0], 4)
            state = cell(packed.data, packed.batch_sizes, (zero, zero) if cell is torch._VF.lstm else zero, values, True, 1, 0.0, False, False)[1]
            return state[0][packed.unsorted_indices]
        return run

    add("MultiHeadAttention", "Embedding(6), MultiHeadAttention(2)", attention, [(5, 6)] + [(6, 6), (6,)] * 4)
    for name, cell, gates, reorder in [("SimpleRNN", torch._VF.rnn_tanh, 1, [0]), ("LSTM", torch._VF.lstm, 4, [0, 1, 2, 3]), ("GRU", torch._VF.gru, 3, [1, 0, 2])]:
        add(name, f"Embedding(3), {name}(4)", last(cell, gates, reorder), [(5, 3), (3, gates * 4), (4, gates * 4), (gates * 4,)] + ([(gates * 4,)] if name == "GRU" else []))
    real = (tokens != 0).unsqueeze(2)
    add("GlobalAveragePool1D", "Embedding(3), GlobalAveragePool1D", lambda x: (x * real).sum(1) / real.sum(1), [(5, 3)])
    add("GlobalMaxPool1D", "Embedding(3), GlobalMaxPool1D", lambda x: x.masked_fill(~real, -1e9).max(1)[0], [(5, 3)])
    save("masked", cases)


def losses():
    """Losses of x (through a Dense layer of the unit matrix): the loss of each sample, and the gradient of their mean."""
    cases = {}
    torch.manual_seed(12)

    def add(name, text, f, x, t):
        x = x.clone().requires_grad_()
        loss = f(x, t)
        loss.mean().backward()
        cases[name] = case({"layers": text}, x=x, target=t, loss=loss, dx=x.grad)

    x, t = torch.randn(5, 4), torch.randn(5, 4)
    signs = torch.sign(torch.randn(5, 4))
    yes = torch.randint(0, 2, (5, 4)).double()
    mean = lambda loss: loss.mean(dim=1)
    add("MeanAbsoluteError", "MeanAbsoluteError", lambda x, t: mean(F.l1_loss(x, t, reduction="none")), x, t)
    add("Huber", "Huber", lambda x, t: mean(F.huber_loss(x, t, reduction="none")), x, 2 * t)
    add("Huber, delta 0.3", "Huber(Delta = 0.3)", lambda x, t: mean(F.huber_loss(x, t, reduction="none", delta=0.3)), x, t)
    add("LogCosh", "LogCosh", lambda x, t: mean(torch.log(torch.cosh(x - t))), x, t)
    add("Hinge", "Hinge", lambda x, t: mean(torch.clamp(1 - t * x, min=0)), x, signs)
    add("SquaredHinge", "SquaredHinge", lambda x, t: mean(torch.clamp(1 - t * x, min=0) ** 2), x, signs)
    add("Poisson", "Poisson", lambda x, t: mean(F.poisson_nll_loss(x, t, log_input=False, eps=1e-7, reduction="none")), x.abs() + 0.1, torch.randint(0, 5, (5, 4)).double())
    p, q = torch.softmax(x, 1), torch.softmax(t, 1)
    add("KLDivergence", "KLDivergence", lambda x, t: F.kl_div(x.log(), t, reduction="none").sum(dim=1), p, q)
    add("CosineSimilarity", "CosineSimilarity", lambda x, t: F.cosine_embedding_loss(x, t, torch.ones(5), reduction="none"), x, t)

    labels = torch.tensor([3, 0, 2, 1, 3])

    def entropy(z, t, **options):
        return F.cross_entropy(z, t, reduction="none", **options)

    def counted(z, t):
        losses = entropy(z.reshape(5, 3, 4).transpose(1, 2), t, ignore_index=9)
        return losses.sum(dim=1) / (t != 9).sum(dim=1).clamp(min=1)

    add("CrossEntropy", "CrossEntropy", entropy, x, labels)
    add("CrossEntropy, smoothing", "CrossEntropy(LabelSmoothing = 0.1)", lambda z, t: entropy(z, t, label_smoothing=0.1), x, labels)
    weights = torch.tensor([0.5, 1.0, 2.0, 0.25])
    add("CrossEntropy, weights", "CrossEntropy(ClassWeights = new[] { 0.5, 1.0, 2.0, 0.25 })", lambda z, t: entropy(z, t, weight=weights), x, labels)
    add("CrossEntropy, ignoring", "CrossEntropy(IgnoreIndex = -100)", entropy, x, torch.tensor([3, -100, 2, -100, 1]))
    rows = torch.tensor([[0, 1, 2], [9, 9, 9], [3, 9, 1], [9, 0, 0], [2, 2, 9]])
    add("CrossEntropy of rows, ignoring", "Reshape(3, 4), CrossEntropy(IgnoreIndex = 9)", counted, torch.randn(5, 12), rows)

    def focal(z, t, alpha=0.25, gamma=2.0):
        # torchvision.ops.sigmoid_focal_loss, written out.
        p = torch.sigmoid(z)
        right = p * t + (1 - p) * (1 - t)
        return mean((alpha * t + (1 - alpha) * (1 - t)) * (1 - right) ** gamma * F.binary_cross_entropy_with_logits(z, t, reduction="none"))

    add("Focal", "Focal", focal, x, yes)
    add("Focal, alpha 0.6, gamma 1.5", "Focal(Alpha = 0.6, Gamma = 1.5)", lambda z, t: focal(z, t, 0.6, 1.5), x, yes)
    add("Dice", "Dice", lambda z, t: 1 - (2 * (torch.sigmoid(z) * t).sum(1) + 1) / (torch.sigmoid(z).sum(1) + t.sum(1) + 1), x, yes)
    save("losses", cases)

    anchor, positive, negative = (torch.randn(5, 4, requires_grad=True) for _ in range(3))
    loss = F.triplet_margin_loss(anchor, positive, negative, margin=0.5, reduction="none")
    loss.mean().backward()
    save("triplet", {"margin 0.5": case({}, a=anchor, p=positive, n=negative, loss=loss, da=anchor.grad)})


def spread(name, shape, low, high):
    """Numbers between low and high that both sides compute: 32 bits that xorshift and a multiplication mix out of the element's place and the name's FNV-1a."""
    seed = 2166136261
    for character in name.encode():
        seed = ((seed ^ character) * 16777619) & 0xFFFFFFFF
    count = int(numpy.prod(shape))
    h = (numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(2654435769)) ^ numpy.uint32(seed)
    for _ in range(2):
        h ^= h >> numpy.uint32(16)
        h *= numpy.uint32(0x45D9F3B)
    h ^= h >> numpy.uint32(16)
    values = low + (high - low) * (h / 4294967296.0)
    return torch.from_numpy(values.astype(numpy.float32).astype(numpy.float64)).reshape(shape)


def resnet50():
    """torchvision's ResNet-50 in inference, written out; on weights by formula, since 25 million of them are no file to keep."""
    def conv(x, path, filters, size, stride=1, pad=0):
        shape = (size, size, x.shape[1], filters)
        reach = (6 / (size * size * x.shape[1])) ** 0.5
        return F.conv2d(x, spread(path + "/weight", shape, -reach, reach).permute(3, 2, 0, 1), stride=stride, padding=pad)

    def norm(x, path):
        c = x.shape[1]
        scale, bias = spread(path + "/scale", (c,), 0.5, 1.0), spread(path + "/bias", (c,), -0.1, 0.1)
        mean, variance = spread(path + "/mean", (c,), -0.1, 0.1), spread(path + "/variance", (c,), 0.5, 1.5)
        return F.batch_norm(x, mean, variance, scale, bias)

    def bottleneck(x, path, width, stride, shortcut):
        y = torch.relu(norm(conv(x, path + "/Conv2D1", width, 1), path + "/BatchNorm1"))
        y = torch.relu(norm(conv(y, path + "/Conv2D2", width, 3, stride, 1), path + "/BatchNorm2"))
        y = norm(conv(y, path + "/Conv2D3", 4 * width, 1), path + "/BatchNorm3")
        if shortcut:
            x = norm(conv(x, path + "/shortcut/Conv2D1", 4 * width, 1, stride), path + "/shortcut/BatchNorm1")
        return torch.relu(x + y)

    x = spread("image", (1, 224, 224, 3), -1.0, 1.0).permute(0, 3, 1, 2)
    x = torch.relu(norm(conv(x, "Conv2D1", 64, 7, 2, 3), "BatchNorm1"))
    x = F.max_pool2d(x, 3, 2, 1)
    for stage, (width, more) in enumerate([(64, 2), (128, 3), (256, 5), (512, 2)]):
        x = bottleneck(x, f"Bottleneck{2 * stage + 1}", width, 1 if stage == 0 else 2, True)
        for i in range(more):
            x = bottleneck(x, f"Bottleneck{2 * stage + 2}/{i + 1}", width, 1, False)
    x = x.mean(dim=(2, 3))
    reach = (6 / 2048) ** 0.5
    y = x @ spread("Dense1/weight", (2048, 1000), -reach, reach) + spread("Dense1/bias", (1000,), -0.1, 0.1)
    print("resnet50: largest", y.abs().max().item())
    save("resnet50", {"forward": case({}, y=y)})


for make in [
    conv2d, max_pool2d, average_pool2d, softmax, cross_entropy, binary_cross_entropy, mean_squared_error, activations, batch_norm,
    layer_norm, global_pool2d, layers, masked, losses, resnet50,
]:
    make()
