#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""A classifier.

model.add(Dense(1)) in a text is no layer.
"""
model = Sequential()  # empty yet
# model.add(Dense(99))
model.add(Dense(8, input_shape=(4,)))  # hidden
'''
model.add(Dense(77))
'''
model.add(Dense(3))
