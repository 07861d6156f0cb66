import pandas as pd
frame = pd.read_csv("data.csv")
print(frame.head())
