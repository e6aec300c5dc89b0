from tillit.kit.contributions import Contributions

contributions = Contributions()
